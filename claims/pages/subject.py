"""A thing that claims have in common: what is known of it, how many claims it has, over time, and all of them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from claims import counting
from claims.counting import Verdicts
from claims.filters import ClaimFilter
from claims.pages.page import Gone, PagedPage, SluggedPage
from claims.pages.record_list import RecordList
from claims.pages.tally import tally
from claims.presentation.kept import kept
from claims.presentation.records import DocumentsOf
from claims.presentation.timeline import timeline
from claims.querysets import was_in_the_record

GONE = gettext_lazy(
    "It was named in the public record, and the newsroom has since taken it out of its lists. What was published stays"
    " as it was: every document that named it is in the ledger."
)


class SubjectView(SluggedPage, RecordList):
    """``key`` is the field by which claims know the thing, and ``parameter`` what filters and facets call it.

    ``absent`` is what is said where there is none.
    """

    key = "pk"
    absent: object
    parameter: str

    def get_subjects(self) -> QuerySet:
        """The one that is asked for."""
        raise NotImplementedError

    def get_subject(self) -> Any:
        for thing in self.get_subjects():
            return thing
        asked = self.kwargs[self.key]
        raise Gone(GONE) if was_in_the_record(self.parameter, str(asked)) else Http404(str(self.absent))

    @property
    def known_by(self) -> Any:
        """What the filter of claims by such things is told."""
        return getattr(self.subject, self.key)

    @cached_property
    def verdicts(self) -> Verdicts:
        having = ClaimFilter.base_filters[self.parameter].having(self.known_by)
        name = f"verdicts-{self.parameter}-{getattr(self.subject, self.key)}"
        return kept(self.request, name, lambda: counting.verdicts(having))

    def get_queryset(self) -> Any:
        return DocumentsOf(self.verdicts.entries)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = f"{self.parameter}={getattr(self.subject, self.key)}"
        return super().get_context_data(
            subject=self.subject,
            tally=tally(self.request, self.verdicts),
            timeline=timeline(self.verdicts.years),
            query=query,
            **kwargs,
        )


class SubjectList(PagedPage, ListView):
    """A paginated list of things, with the number of claims that each has; counted once for a version of the record."""

    paginate_by = 50
    template_name = "claims/subject_list.html"
    facet: str
    key = "pk"
    data = ""  # The name of the API's list of the same.

    def address_of(self, thing: Any) -> str:
        """The path of its page."""
        raise NotImplementedError

    def get_paginator(self, queryset: QuerySet, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        paginator.count = kept(self.request, f"number-of-{self.facet}s", queryset.count)
        return paginator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        things = list(context["object_list"])
        numbers = counting.claims_of(self.facet, {thing: [str(getattr(thing, self.key))] for thing in things})
        return context | {"things": [(thing, self.address_of(thing), numbers[thing]) for thing in things]}
