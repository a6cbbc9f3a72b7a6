"""A claim's history, told as a story."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from claims import story
from claims.models import Claim


def history(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """What the admin's history view of a claim answers."""
    key = unquote(object_id)
    claim = get_object_or_404(Claim, pk=key if key.isdecimal() else None)
    if not model_admin.has_view_permission(request, claim):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | {
        "title": _("The story of this claim"),
        "opts": Claim._meta,
        "original": claim,
        "entries": story.tell(claim),
    }
    return TemplateResponse(request, "admin/claims/claim/story.html", context)
