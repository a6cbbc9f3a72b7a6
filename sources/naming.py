"""What people read for models and their columns: names are no part of the tables, and given here need no migration."""

from django.db import models
from django.utils.functional import Promise


def name(model: type[models.Model], one: Promise, many: Promise, **columns: Promise) -> None:
    """Call ``model``, one and several of it, and its columns so, in the language of whoever reads."""
    model._meta.verbose_name, model._meta.verbose_name_plural = one, many  # type: ignore[assignment]
    for column, words in columns.items():
        model._meta.get_field(column).verbose_name = words  # type: ignore[union-attr]
