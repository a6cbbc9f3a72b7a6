"""An explanation in Markdown as readers would see it."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views import View

from claims.models import Claim

BOX = "assessment-0-explanation"


class MarkdownView(View):
    """The explanation of a posted form: alone, for the script of the claim's page, or on a page of its own."""

    model_admin: ModelAdmin = None  # type: ignore[assignment]
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        context = {"explanation": request.POST.get(BOX, "")}
        if "fragment" in request.POST:
            return TemplateResponse(request, "admin/claims/claim/_explanation.html", context)
        context |= self.model_admin.admin_site.each_context(request)
        context |= {"title": _("Preview of the explanation"), "opts": Claim._meta}
        return TemplateResponse(request, "admin/claims/claim/explanation.html", context)


def urls(model_admin: ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view(MarkdownView.as_view(model_admin=model_admin))
    return [path("markdown/", view, name="claims_claim_markdown")]
