"""A paginated list of published claims."""

from typing import Any

from django.views.generic import ListView

from claims.pages.page import PagedPage
from claims.presentation.records import Record


class RecordList(PagedPage, ListView):
    """Its ``get_queryset`` gives the documents of public claims, as claims.presentation.records has them.

    Its template gets ``records``.
    """

    paginate_by = 24

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"records": Record.read(context["object_list"])}
