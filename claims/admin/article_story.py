"""An article's history, told as a story, and each text that it had (?text=…)."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from claims import article_story
from claims.differences import SAME
from claims.models import Article


def history(model_admin: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """What the admin's history view of an article answers."""
    key, copy = unquote(object_id), request.GET.get("text", "")
    article = get_object_or_404(Article.objects.defer("text"), pk=int(key) % 2**63 if key.isdecimal() else None)
    if not model_admin.has_view_permission(request, article):
        raise PermissionDenied
    context = model_admin.admin_site.each_context(request) | {"opts": Article._meta, "article": article}
    if not copy:
        context |= {"title": _("The story of this article"), "entries": article_story.tell(article)}
        return TemplateResponse(request, "admin/claims/article/story.html", context)
    then = article_story.text(article, int(copy)) if copy.isdecimal() else None
    if not then:
        raise Http404
    marked = any(run.what != SAME for run in then.runs)
    context |= {"title": _("The text as it was then"), "then": then, "marked": marked}
    return TemplateResponse(request, "admin/claims/article/text_then.html", context)
