"""A paginated list of published claims."""

from typing import Any

from django.views.generic import ListView

from claims.pages.page import Page
from claims.presentation.records import Record


class RecordList(Page, ListView):
    """Its ``get_queryset`` gives ``documents_of`` public claims; its template gets ``records``."""

    paginate_by = 24
    depends_on = frozenset({"page"})

    def get_address(self) -> str:
        page = self.request.GET.get("page", "1")
        return self.request.path if page == "1" else f"{self.request.path}?page={page}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"records": Record.read(context["object_list"])}
