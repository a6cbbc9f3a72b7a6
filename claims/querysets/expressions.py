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


class TrigramAlike(Func):
    """Whether two texts are alike, asked so that an index of trigrams can answer."""

    template = "(%(expressions)s)"
    # Doubled, since what is between two expressions is formatted with parameters once more.
    arg_joiner = " %% "
    output_field = models.BooleanField()


class Likeness(Func):
    """How much two texts are alike by their trigrams, from 0 to 1."""

    function = "similarity"
    output_field = models.FloatField()


class Folded(Func):
    """Text without accents and capitals, as what is searched for forgivingly has it."""

    function = "claims_folded"
    output_field = models.TextField()


def outer(value: Number) -> Number:
    """``value`` as it is named one query further in."""
    return OuterRef(value) if isinstance(value, OuterRef) else value
