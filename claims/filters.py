"""The one set of filters over the public record, shared by the pages, the API and the feeds.

Its parameters are part of API version 1. A value is judged by its form alone: a well-formed id or slug of nothing
selects nothing.
"""

import datetime
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import BigIntegerField, Exists, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from claims.bitmaps import Among, AmongFound, Between, Having
from claims.enums import Checkability, Form, VerificationStatus
from claims.models.speaker import Speaker
from claims.selection import Selection
from claims.stored import Given, Query
from sources import dates
from sources.models import Publisher

MAX_ID = 2**63 - 1


class SlugsField(forms.Field):
    """Slugs given by repeating a parameter."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        slugs = [slug for slug in value or [] if slug]
        for slug in slugs:
            try:
                validate_slug(slug)
            except ValidationError:
                message = _("“%(slug)s” is not a slug such as “mostly-true”.")
                raise ValidationError(message, params={"slug": slug}) from None
        return slugs


class PartialDateField(forms.CharField):
    """A full or reduced ISO 8601 date, as its (first day, precision)."""

    def clean(self, value: Any) -> tuple[datetime.date, str] | None:
        text = super().clean(value)
        try:
            date, precision = dates.parse(text)
        except ValueError:
            message = _("“%(text)s” is not a date: write 2022-07-12, 2022-07 or 2022.")
            raise ValidationError(message, params={"text": text}) from None
        return (date, precision) if date else None


class FacetFilter(django_filters.Filter):
    """Any of the values given, of the facet that it is named after."""

    def filter(self, selection: Selection, value: Any) -> Selection:
        return selection.having(self.having(value)) if value else selection

    def having(self, given: Any) -> Having:
        return Among(self.field_name, given)


class ChoicesFilter(FacetFilter):
    field_class = forms.MultipleChoiceField


class SlugsFilter(FacetFilter):
    field_class = SlugsField


class AllSlugsFilter(SlugsFilter):
    """All of the values given."""

    def filter(self, selection: Selection, value: Any) -> Selection:
        for slug in value or ():
            selection = super().filter(selection, [slug])
        return selection


class LanguageFilter(FacetFilter):
    field_class = forms.CharField

    def having(self, given: str) -> Having:
        return Among(self.field_name, [given.lower()])


class IdFilter(FacetFilter):
    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=MAX_ID, **kwargs)

    def having(self, given: int) -> Having:
        return Among(self.field_name, [str(given)])


class SpeakerFilter(IdFilter):
    """Under whatever name: a document keeps the speaker that it was published with, also when they are merged."""

    def having(self, given: int) -> Having:
        return AmongFound(self.field_name, _speakers(), {"id": given})


class PublisherFilter(IdFilter):
    """Under whatever name: a document keeps the one that a source's publisher had when it was published.

    But no name that is another's now: all that a document says of a publisher is the name.
    """

    def having(self, given: int) -> Having:
        return AmongFound(self.field_name, _names(), {"id": given})


ID = Given("id", BigIntegerField())


@lru_cache(maxsize=1)
def _speakers() -> Query:
    """Ids, as facets have them."""
    return Query(Speaker.objects.one_with(ID).order_by().values_list(Cast("pk", TextField())))


@lru_cache(maxsize=1)
def _names() -> Query:
    others = Exists(Publisher.objects.filter(name=OuterRef("name")).exclude(pk=ID))
    ever = Publisher.pgh_event_model.objects.filter(~others, pgh_obj=ID).order_by().values_list("name")
    return Query(Publisher.objects.filter(pk=ID).order_by().values_list("name").union(ever, all=True))


class WordsFilter(django_filters.Filter):
    field_class = forms.CharField

    def filter(self, selection: Selection, value: str) -> Selection:
        return selection.saying(value) if value else selection


class DateFilter(django_filters.Filter):
    """Days on one side of a date: those of its month, the months of its year beyond that, and the years beyond."""

    field_class = PartialDateField

    def filter(self, selection: Selection, value: tuple[datetime.date, str] | None) -> Selection:
        return selection.having(*self.days(*value)) if value else selection

    def days(self, date: datetime.date, precision: str) -> list[Having]:
        raise NotImplementedError

    def between(self, unit: str, first: str, last: str) -> Between:
        return Between(f"{self.field_name}_{unit}", first, last)


class FromDateFilter(DateFilter):
    """From the first day that is meant on."""

    def days(self, date: datetime.date, precision: str) -> list[Having]:
        day = date.isoformat()
        month, year = day[:7], day[:4]
        # A text that begins with another comes after it, and before all that come after that.
        months, years = self.between("month", f"{month}-", f"{year}-12"), self.between("year", f"{year}-", "9999")
        return [self.between("day", day, f"{month}-31"), months, years]


class ToDateFilter(DateFilter):
    """Until the last day that is meant."""

    def days(self, date: datetime.date, precision: str) -> list[Having]:
        last = dates.last_day(date, precision)
        year, month = f"{last.year:04}", f"{last.year:04}-{last.month:02}"
        months = self.between("month", f"{year}-01", f"{year}-{last.month - 1:02}")
        years = self.between("year", "0001", f"{last.year - 1:04}")
        return [self.between("day", f"{month}-01", last.isoformat()), months, years]


class ClaimFilter(django_filters.FilterSet):
    """Filters a Selection of published claims."""

    q = WordsFilter(
        max_length=300,
        label=_("Words"),
        help_text=_(
            "Words in the claim, its quote, speaker, summary or article; “-” excludes, quotation marks keep together."
        ),
    )
    verification_status = ChoicesFilter(
        choices=VerificationStatus.choices, label=_("Status"), help_text=_("Repeat it for any of several.")
    )
    rating = SlugsFilter(label=_("Rating"), help_text=_("A rating's slug; repeat it for any of several."))
    topic = SlugsFilter(label=_("Topic"), help_text=_("A topic's slug; repeat it for any of several."))
    all_topics = AllSlugsFilter(
        field_name="topic", label=_("All topics"), help_text=_("A topic's slug; repeat it for all of several.")
    )
    speaker = SpeakerFilter(label=_("Speaker"), help_text=_("Who made the claim or whose words it passes on, by id."))
    outlet = IdFilter(label=_("Outlet"), help_text=_("Who published the article, by id."))
    article = IdFilter(label=_("Article"), help_text=_("By id."))
    source = IdFilter(label=_("Source"), help_text=_("A source of its evidence, by id."))
    publisher = PublisherFilter(
        label=_("Source’s publisher"),
        help_text=_("Who published a source of its evidence, by id."),
    )
    form = ChoicesFilter(choices=Form.choices, label=_("Form"))
    checkability = ChoicesFilter(choices=Checkability.choices, label=_("Checkability"))
    language = LanguageFilter(max_length=35, label=_("Language"), help_text=_("The article's, as a BCP 47 tag."))
    stated_after = FromDateFilter(
        field_name="stated_until",
        label=_("Stated from"),
        help_text=_("Day, month or year, inclusive; a partly known date matches if it may fit."),
    )
    stated_before = ToDateFilter(
        field_name="stated_from",
        label=_("Stated until"),
        help_text=_("Day, month or year, inclusive; a partly known date matches if it may fit."),
    )
    published_after = FromDateFilter(
        field_name="published",
        label=_("Published from"),
        help_text=_("Day, month or year, inclusive, in UTC."),
    )
    published_before = ToDateFilter(
        field_name="published",
        label=_("Published until"),
        help_text=_("Day, month or year, inclusive, in UTC."),
    )

    @cached_property
    def qs(self) -> Selection:
        """Those among the selection that meet what was given, which is valid."""
        selection = self.queryset
        for name in self.data.keys() & self.filters.keys():
            selection = self.filters[name].filter(selection, self.form.cleaned_data[name])
        return selection
