from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from claims import spelling
from claims.filters import ClaimFilter
from claims.freshness import present
from claims.pages.facets import facets
from claims.pages.named import named
from claims.pages.record_list import RecordList
from claims.presentation.records import Documents, public_claims
from claims.selection import Selection


class ClaimListView(RecordList):
    template_name = "claims/claim_list.html"
    depends_on = frozenset({"page", *ClaimFilter.base_filters})
    title = gettext_lazy("Claims")
    description = gettext_lazy("Every published claim, to search and to filter.")

    @cached_property
    def asked(self) -> ClaimFilter:
        return self.filter_of(self.request.GET)

    @cached_property
    def filter(self) -> ClaimFilter:
        """As it was asked or, where that finds nothing, as it may have been meant."""
        if not self.asked.is_valid() or self.asked.qs.count() or not self.meant:
            return self.asked
        data = self.request.GET.copy()
        data["q"] = self.meant
        corrected = self.filter_of(data)
        return corrected if corrected.is_valid() and corrected.qs.count() else self.asked

    @cached_property
    def meant(self) -> str | None:
        return spelling.meant(self.asked.form.cleaned_data["q"])

    def filter_of(self, data: QueryDict) -> ClaimFilter:
        return ClaimFilter(data, Selection(present(self.request)))

    def get_queryset(self) -> Documents | QuerySet:
        return Documents(self.filter.qs) if self.filter.is_valid() else public_claims().none()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = facets(self.request, self.filter)
        words = self.filter.form.cleaned_data.get("q", "")
        nothing = self.filter.is_valid() and not self.filter.qs.count()
        return super().get_context_data(
            facets=found,
            words=words,
            mistyped=self.asked.form.cleaned_data["q"] if self.filter is not self.asked else "",
            named=[] if "page" in self.request.GET else named(words),
            unfiltered=self.unfiltered() if nothing else "",
            query=self.query(),
            **kwargs,
        )

    def unfiltered(self) -> str:
        """The words, as they were typed or meant, if claims have them that do not meet the filters."""
        given = self.asked.form.cleaned_data
        if not given["q"] or not any(value for name, value in given.items() if name != "q"):
            return ""
        for words in filter(None, (given["q"], self.meant)):
            alone = self.filter_of(QueryDict(urlencode({"q": words})))
            if alone.is_valid() and alone.qs.count():
                return words
        return ""

    def query(self) -> str:
        """What finds the same claims elsewhere."""
        given = self.filter.data.copy()
        for name in given.keys() - ClaimFilter.base_filters.keys():
            del given[name]
        return urlencode([(name, value) for name, values in given.lists() for value in values if value])
