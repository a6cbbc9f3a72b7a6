from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from claims.filters import ClaimFilter
from claims.models.publication import Publication
from claims.pages.facets import facets
from claims.pages.page import SluggedPage
from claims.pages.record_list import RecordList
from claims.presentation.records import Record, Rows, public_claims, rows_of
from claims.presentation.verdict import verdict
from claims.selection import Selection


class ClaimListView(RecordList):
    template_name = "claims/claim_list.html"
    title = gettext_lazy("Claims")
    description = gettext_lazy("Every published claim, to search and to filter.")

    @cached_property
    def filter(self) -> ClaimFilter:
        return ClaimFilter(self.request.GET, Selection())

    def get_queryset(self) -> Rows | QuerySet:
        return Rows(self.filter.qs) if self.filter.is_valid() else public_claims().none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facets=facets(self.filter), feed=self.feed(), **kwargs)

    def feed(self) -> str:
        """The address of a feed of the same claims."""
        given = self.request.GET.copy()
        for name in given.keys() - ClaimFilter.base_filters.keys():
            del given[name]
        query = urlencode([(name, value) for name, values in given.lists() for value in values if value])
        return reverse("pages:claim-feed") + (f"?{query}" if query else "")


class ClaimView(SluggedPage, TemplateView):
    """The verdict, as it is now."""

    template_name = "claims/claim.html"
    subject: Record

    def get_rows(self) -> QuerySet:
        return rows_of(public_claims())

    def get_subject(self) -> Record:
        for record in Record.read(self.get_rows().filter(pk=self.kwargs["pk"])):
            return record
        raise Http404(_("There is no published claim at this address."))

    def get_address(self) -> str:
        return self.subject.url

    def get_title(self) -> str:
        return self.subject.doc["claim"]

    def get_description(self) -> str:
        parts = [self.subject.mark.word, self.subject.doc["summary"]]
        return ": ".join(part for part in parts if part)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**verdict(self.subject), **kwargs)


class VersionView(ClaimView):
    """One version, as it was published."""

    template_name = "claims/version.html"

    def get_rows(self) -> QuerySet:
        version = Publication.objects.of(OuterRef("pk")).filter(version=self.kwargs["version"])
        published = public_claims().annotate(document=Subquery(version.values("document")))
        return published.filter(document__isnull=False).values_list("pk", "slug", "document")

    def get_spelling(self) -> str:
        return reverse("pages:version", args=[self.subject.id, self.subject.slug, self.kwargs["version"]])

    def get_title(self) -> str:
        return _("%(claim)s (version %(version)d)") % {
            "claim": self.subject.doc["claim"],
            "version": self.kwargs["version"],
        }
