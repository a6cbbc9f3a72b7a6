"""The admin site as the editors' desk. Not in claims.admin: that registers with it, and so comes after."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import desk


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Desk")
    index_template = "admin/desk.html"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page: what waits for whoever looks."""
        today = timezone.localdate()
        context: dict[str, Any] = {"today": today, "counted": desk.COUNTED}
        if request.user.has_perm("claims.view_claim"):
            context["front"] = desk.front(request.user, today=today)  # type: ignore[arg-type]
        return super().index(request, context | (extra_context or {}))
