"""The one set of filters over the public record, shared by the pages and the API.

Its parameters are part of API version 1. None costs a query: a value is judged by its form alone, and a well-formed
id or slug of nothing selects nothing.
"""

import datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from claims.enums import Checkability, Form, VerificationStatus
from claims.models.publication import PublishedClaim
from claims.querysets import PublishedClaimQuerySet
from sources import dates

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
                raise ValidationError(_("“%(slug)s” is not a slug such as “mostly-true”.") % {"slug": slug}) from None
        return slugs


class PartialDateField(forms.CharField):
    """A full or reduced ISO 8601 date, as its (first day, precision)."""

    def clean(self, value: Any) -> tuple[datetime.date, str] | None:
        text = super().clean(value)
        try:
            date, precision = dates.parse(text)
        except ValueError:
            message = _("“%(text)s” is not a date: write 2022-07-12, 2022-07 or 2022.")
            raise ValidationError(message % {"text": text}) from None
        return (date, precision) if date else None


class IdFilter(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=MAX_ID, **kwargs)


class SlugsFilter(django_filters.Filter):
    field_class = SlugsField


class PartialDateFilter(django_filters.Filter):
    field_class = PartialDateField


class ClaimFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="search",
        max_length=300,
        label=_("Words"),
        help_text=_(
            "Words in the claim, its quote, speaker, summary or article; “-” excludes, quotation marks keep together."
        ),
    )
    verification_status = django_filters.MultipleChoiceFilter(
        choices=VerificationStatus.choices, label=_("Status"), help_text=_("Repeat it for any of several.")
    )
    rating = SlugsFilter(
        field_name="rating",
        lookup_expr="in",
        label=_("Rating"),
        help_text=_("A rating's slug; repeat it for any of several."),
    )
    topic = SlugsFilter(
        field_name="topics",
        lookup_expr="overlap",
        label=_("Topic"),
        help_text=_("A topic's slug; repeat it for any of several."),
    )
    speaker = IdFilter(
        method="of_speaker", label=_("Speaker"), help_text=_("Who made the claim or whose words it passes on, by id.")
    )
    outlet = IdFilter(field_name="outlet_id", label=_("Outlet"), help_text=_("Who published the article, by id."))
    article = IdFilter(field_name="article_id", label=_("Article"), help_text=_("By id."))
    source = IdFilter(method="of_source", label=_("Source"), help_text=_("A source of its evidence, by id."))
    form = django_filters.MultipleChoiceFilter(choices=Form.choices, label=_("Form"))
    checkability = django_filters.MultipleChoiceFilter(choices=Checkability.choices, label=_("Checkability"))
    language = django_filters.CharFilter(
        max_length=35, lookup_expr="iexact", label=_("Language"), help_text=_("The article's, as a BCP 47 tag.")
    )
    stated_after = PartialDateFilter(
        method="from_date",
        field_name="stated_until",
        label=_("Stated from"),
        help_text=_("Day, month or year, inclusive; a partly known date matches if it may fit."),
    )
    stated_before = PartialDateFilter(
        method="to_date",
        field_name="stated_from",
        label=_("Stated until"),
        help_text=_("Day, month or year, inclusive; a partly known date matches if it may fit."),
    )
    published_after = PartialDateFilter(
        method="from_date",
        field_name="published_at__date",
        label=_("Published from"),
        help_text=_("Day, month or year, inclusive, in UTC."),
    )
    published_before = PartialDateFilter(
        method="to_date",
        field_name="published_at__date",
        label=_("Published until"),
        help_text=_("Day, month or year, inclusive, in UTC."),
    )

    class Meta:
        model = PublishedClaim
        fields: list[str] = []

    def search(self, claims: PublishedClaimQuerySet, name: str, words: str) -> PublishedClaimQuerySet:
        return claims.matching(words)

    def of_speaker(self, claims: PublishedClaimQuerySet, name: str, speaker_id: int) -> PublishedClaimQuerySet:
        return claims.involving(speaker_id)

    def of_source(self, claims: PublishedClaimQuerySet, name: str, source_id: int) -> PublishedClaimQuerySet:
        return claims.filter(sources__contains=[source_id])

    def from_date(
        self, claims: PublishedClaimQuerySet, name: str, value: tuple[datetime.date, str]
    ) -> PublishedClaimQuerySet:
        return claims.filter(**{f"{name}__gte": value[0]})

    def to_date(
        self, claims: PublishedClaimQuerySet, name: str, value: tuple[datetime.date, str]
    ) -> PublishedClaimQuerySet:
        return claims.filter(**{f"{name}__lte": dates.last_day(*value)})
