from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from claims.pages.page import Page
from claims.pages.tally import of_all
from claims.presentation.records import Record, documents_of, public_claims

LATEST = 9
ARTICLES = 3


class HomeView(Page, TemplateView):
    template_name = "claims/home.html"
    description = _("What was said, by whom, and what the evidence shows: every verdict with its sources and history.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records = Record.read(documents_of(public_claims()).newest_first()[:LATEST])
        articles = {record.doc["article"]["id"]: record.doc["article"] for record in records}
        return super().get_context_data(
            records=records,
            articles=list(articles.values())[:ARTICLES],
            tally=of_all(self.request),
            **kwargs,
        )
