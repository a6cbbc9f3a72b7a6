"""Putting sources into the catalogue, each document once."""

import pghistory
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sources.models import Publisher, Source
from sources.text import normalise_line


@transaction.atomic
def find_or_add(source: Source, *, by: User, publisher: str = "") -> Source:
    """The source that is at this one's address already, however that is spelt, or else this one, added.

    ``publisher`` is its publisher's name, added if it is new. Raises ValidationError naming what is wrong.
    """
    if known := Source.objects.at(source.url).first():
        return known
    _demand("sources.add_source", by, _("Your role does not allow you to add a source."))
    if publisher:
        source.publisher = find_or_add_publisher(publisher, by=by)
    source.full_clean(validate_constraints=False)
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            source.save()
    except IntegrityError:
        # Somebody added it since we looked.
        if known := Source.objects.at(source.url).first():
            return known
        raise
    return source


def find_or_add_publisher(name: str, *, by: User) -> Publisher:
    """The publisher of this name, whatever its capitals, or else a new one."""
    name = normalise_line(name)
    if known := Publisher.objects.filter(name__iexact=name).order_by("pk").first():
        return known
    _demand("sources.add_publisher", by, _("Your role does not allow you to add a publisher: choose one by its name."))
    publisher = Publisher(name=name)
    publisher.full_clean(validate_unique=False)
    with pghistory.context(user=by.pk):
        return Publisher.objects.get_or_create(name=name)[0]


def _demand(permission: str, by: User, message: str) -> None:
    if not by.has_perm(permission):
        raise ValidationError(message, permission)
