"""A thing that claims have in common: what is known of it, how many claims it has, over time, and all of them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from claims import counting
from claims.pages.page import Gone, PagedPage, SluggedPage
from claims.pages.record_list import RecordList
from claims.pages.tally import Tally, by_year, counted, tally
from claims.presentation.kept import kept
from claims.presentation.records import documents_of
from claims.presentation.timeline import timeline
from claims.querysets import PublishedClaimQuerySet, was_in_the_record

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

    def claims_of(self, key: Any) -> PublishedClaimQuerySet:
        """Its claims; ``key`` may be of an outer query."""
        raise NotImplementedError

    def get_subject(self) -> Any:
        counts = ArraySubquery(counted(self.claims_of(OuterRef(self.key)), by_year=True))
        for thing in self.get_subjects().annotate(counts=counts):
            return thing
        asked = self.kwargs[self.key]
        raise Gone(GONE) if was_in_the_record(self.parameter, str(asked)) else Http404(str(self.absent))

    @cached_property
    def tally(self) -> Tally:
        return tally(self.request, self.subject.counts)

    def get_queryset(self) -> QuerySet:
        return documents_of(self.claims_of(getattr(self.subject, self.key)).newest_first())

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.tally.total  # which spares a query
        return paginator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = f"{self.parameter}={getattr(self.subject, self.key)}"
        return super().get_context_data(
            subject=self.subject,
            tally=self.tally,
            timeline=timeline(by_year(self.subject.counts)),
            query=query,
            **kwargs,
        )


class SubjectList(PagedPage, ListView):
    """A paginated list of things, with the number of claims that each has; counted once for a version of the record."""

    paginate_by = 50
    template_name = "claims/subject_list.html"
    facet: str
    key = "pk"

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
