"""What several querysets are written with."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Func, OuterRef

# Known, or told by another query or when it is run.
Number = int | OuterRef | models.Expression


class AnyOf(Func):
    """Whether a column is one of an array's elements: computed first, so that the column's index serves."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class Sketch(Func):
    """Numbers of which texts that have many words in common share some (0015_alike_by_words.sql)."""

    function = "claims_sketch"
    output_field = ArrayField(models.IntegerField())


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


class Searched(Func):
    """A text as searches for words look at it."""

    function = "claims_search_vector"
    output_field = SearchVectorField()


class Stem(Func):
    """A word without its English ending."""

    function = "claims_stem"
    output_field = models.TextField()


class Nearness(Func):
    """A word, and what it is without any one of its letters: those of two words meet where one slip of a finger is
    between them, be it a letter too many, too few, another one, or two that changed places.
    """

    function = "claims_nearness"
    output_field = ArrayField(models.TextField())


class Overlapping(Func):
    """Whether two arrays have anything in common, asked so that an index can answer."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = models.BooleanField()


def searched_for(words: str | models.Expression) -> SearchQuery:
    """What is looked for in ``Searched``, in web search syntax; accents and English endings do not matter."""
    query = SearchQuery(words)
    query.function = "claims_search_query"
    return query


def outer(value: Number) -> Number:
    """``value`` as it is named one query further in."""
    return OuterRef(value) if isinstance(value, OuterRef) else value
