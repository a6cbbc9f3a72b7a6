from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from claims.pages.page import Page
from claims.pages.tally import of_all


class RatingsView(Page, TemplateView):
    template_name = "claims/ratings.html"
    title = _("Ratings")
    description = _("The scale that claims are rated on, what each rating means, and how often it was given.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tally=of_all(self.request), **kwargs)
