"""A ClaimFilter as readers see it: choices with names, and what can be taken off again."""

from collections import defaultdict
from typing import Any, NamedTuple

from django import forms
from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.html import format_html

from claims import counting
from claims.filters import ClaimFilter
from claims.models.article import Article
from claims.models.rating import Rating
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.presentation import statuses
from claims.presentation.kept import kept
from claims.querysets import public_publishers, public_sources
from claims.selection import MOST_COUNTED

CHOICES = ("rating", "verification_status", "topic", "form", "checkability")
MORE = ("verification_status", "topic", "form", "checkability", "stated_after", "stated_before")
# These come by a link or from a partner's address, and are shown as something to take off.
KEPT = (
    "speaker",
    "outlet",
    "article",
    "source",
    "publisher",
    "all_topics",
    "language",
    "published_after",
    "published_before",
)

Names = dict[str, list[tuple[str, str]]]


class Narrowing(NamedTuple):
    """One of ``KEPT`` that the list is narrowed to; ``without`` is the query that takes it off."""

    parameter: str
    value: str
    label: str
    word: str
    without: str


class Facets(NamedTuple):
    """``more`` is whether the less used filters are in use, ``active`` whether any filter is."""

    form: forms.Form
    narrowed_to: list[Narrowing]
    more: bool
    active: bool
    errors: list[tuple[str, str]]


def facets(request: HttpRequest, filter_set: ClaimFilter) -> Facets:
    """Read a bound filter set: the choices by name, with how many claims each would find."""
    form = filter_set.form
    given = {name: value for name, value in form.cleaned_data.items() if value}
    choices = kept(request, "choices", _choices) | {"verification_status": list(statuses.TOLD.items())}
    names = {**choices, **_names(given)}
    numbers = {} if form.errors else _numbers(request, filter_set, given)
    for name in CHOICES:
        field = form.fields[name]
        options = choices.get(name) or list(getattr(field, "choices", []))
        field.widget = forms.CheckboxSelectMultiple(
            choices=[(value, _numbered(word, numbers.get(name), value)) for value, word in options]
        )
    return Facets(
        form=form,
        narrowed_to=[
            _narrowing(form, name, value, names) for name in KEPT if name in given for value in _values(form, name)
        ],
        more=any(name in given or name in form.errors for name in MORE),
        active=bool(given or form.errors),
        errors=[(form.fields[name].label, error) for name, errors in form.errors.items() for error in errors],
    )


def _numbers(request: HttpRequest, filter_set: ClaimFilter, given: dict[str, Any]) -> dict[str, dict[str, int]]:
    def count() -> dict[str, dict[str, int]]:
        chosen = {name: form.cleaned_data[name] for name in CHOICES}
        # What is listed need not be looked for again where it is that which is counted.
        selection = (_without_choices(filter_set) if any(chosen.values()) else filter_set).qs
        # Of so many that they are not all counted, parts would be wrong.
        few = not selection.words or selection.count() < MOST_COUNTED
        return counting.within(selection, CHOICES, chosen) if few else {}

    form = filter_set.form
    return count() if given else kept(request, "numbers", count)


def _without_choices(filter_set: ClaimFilter) -> ClaimFilter:
    others = filter_set.data.copy()
    for name in CHOICES:
        others.pop(name, None)
    among = ClaimFilter(others, filter_set.queryset)
    among.is_valid()
    return among


def _numbered(word: str, numbers: dict[str, int] | None, value: str) -> str:
    if numbers is None:
        return word
    return format_html(
        '{} <span class="number">{}</span>', word, number_format(numbers.get(value, 0), force_grouping=True)
    )


def _values(form: forms.Form, name: str) -> list[str]:
    """Those that count: of most parameters the last."""
    return form.data.getlist(name) if name == "all_topics" else [form.data[name]]


def _narrowing(form: forms.Form, name: str, value: str, names: Names) -> Narrowing:
    rest = form.data.copy()
    rest.pop("page", None)
    rest.setlist(name, [other for other in _values(form, name) if other != value])
    found = dict(names.get("topic" if name == "all_topics" else name, []))
    words = found.get(value)
    return Narrowing(name, value, form.fields[name].label, words or value, rest.urlencode())


def _choices() -> Names:
    """Every rating and topic."""
    rating, topic = (
        _part("rating", Rating.objects.public(), key="slug", order="value"),
        _part("topic", Topic.objects.public(), key="slug"),
    )
    return _read(rating.union(topic, all=True))


def _names(given: dict[str, Any]) -> Names:
    """The names of the things that the list is narrowed to, in one query if there are any."""
    things: dict[str, tuple[QuerySet, str]] = {
        # One that was merged into another has that one's name.
        "speaker": (Speaker.objects.public().one_with(given.get("speaker", 0)), "name"),
        "outlet": (public_publishers().filter(pk=given.get("outlet")), "name"),
        "article": (Article.objects.public().filter(pk=given.get("article")), "title"),
        "source": (public_sources().filter(pk=given.get("source")), "title"),
        "publisher": (public_publishers().filter(pk=given.get("publisher")), "name"),
    }
    parts = [
        _part(name, rows, key=Value(str(given[name])), word=word)
        for name, (rows, word) in things.items()
        if name in given
    ]
    return _read(parts[0].union(*parts[1:], all=True)) if parts else {}


def _read(rows: QuerySet) -> Names:
    names: Names = defaultdict(list)
    for name, _order, key, word in sorted(rows, key=_in_order):
        names[name].append((key, word))
    return dict(names)


def _part(name: str, rows: QuerySet, *, key: str | Value, word: str = "name", order: str = "") -> QuerySet:
    place = F(order) if order else Value(None, IntegerField())
    columns = {"facet": Value(name), "place": place, "key": Cast(key, CharField()), "word": F(word)}
    return rows.order_by().annotate(**columns).values_list(*columns)


def _in_order(row: tuple[str, int | None, str, str]) -> tuple[str, bool, int, str]:
    """Ratings from the truest down and then those without a value; topics by name."""
    name, place, _key, word = row
    return (name, place is None, -(place or 0), word.casefold())
