"""What several querysets are written with."""

from django.db import models
from django.db.models import Func, OuterRef

# Known, or told by another query or when it is run.
Number = int | OuterRef | models.Expression


class AnyOf(Func):
    """Whether a column is one of an array's elements: computed first, so that the column's index serves."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


def outer(value: Number) -> Number:
    """``value`` as it is named one query further in."""
    return OuterRef(value) if isinstance(value, OuterRef) else value
