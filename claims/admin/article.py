from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from claims import intake
from claims.admin import annotate, article_story, texts
from claims.admin.article_form import ArticleForm, NewArticleForm
from claims.models import Article
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList

ABOUT = ["title", "outlet", "url", "byline", "published_on", "language"]
NOTES = ["title_note", "published_on_note", "limits"]


@admin.register(Article)
class ArticleAdmin(MeanwhileAdmin, LongList):
    form = ArticleForm
    change_form_template = "admin/claims/article/change_form.html"
    list_display = ["title", "outlet", "published_date", "claims", "adrift", "annotate"]
    list_filter = ["language"]
    list_select_related = ["outlet"]
    search_fields = ["title", "outlet__name", "url"]
    autocomplete_fields = ["outlet"]
    fieldsets = [
        (None, {"fields": ABOUT}),
        (_("Notes for readers"), {"fields": NOTES}),
    ]
    add_fieldsets = [
        (_("Text"), {"fields": ["text", "file"]}),
        (_("About it"), {"fields": ABOUT}),
        (_("Notes for readers"), {"fields": NOTES, "classes": ["collapse"]}),
    ]

    def get_urls(self) -> list[Any]:
        return [*(url for part in (annotate, texts) for url in part.urls(self)), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        articles = super().get_queryset(request).with_claim_counts()
        # A page of the list holds a hundred texts of up to a megabyte each.
        asked_for_one = request.resolver_match and request.resolver_match.kwargs.get("object_id")
        return articles if asked_for_one else articles.defer("text", "limits")

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs if obj else {"form": NewArticleForm} | kwargs)
        form.by = request.user
        return form

    def view_on_site(self, article: Article) -> str | None:
        """None before one of its claims is published: readers have no page of it."""
        return article.get_absolute_url() if Article.objects.public().filter(pk=article.pk).exists() else None

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Articles")} | (extra_context or {}))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who adds an article that is there by now, as with a second press of the button, is led to it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except intake.AddedAlready as there:
            messages.info(request, str(there))
            return self.response_add(request, there.article)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return article_story.history(self, request, object_id)

    def save_model(self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            intake.add_article_once(obj, by=request.user, anyway=form.cleaned_data["anyway"])
            _tell(request, obj, form)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: Any = None) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return redirect(reverse("admin:claims_article_annotate", args=[obj.pk]))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        context["show_save_and_add_another"] = False
        if kwargs.get("add"):
            context["show_save_and_continue"] = False
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description=_("published on"), ordering="published_on")
    def published_date(self, article: Article) -> str:
        return article.published or "–"

    @admin.display(description=_("statements"))
    def claims(self, article: Article) -> int:
        return article.claim_count  # type: ignore[attr-defined]

    @admin.display(description=_("adrift"))
    def adrift(self, article: Article) -> str | int:
        count: int = article.adrift_count  # type: ignore[attr-defined]
        address = reverse("admin:claims_article_anchors", args=[article.pk])
        words = _("%(count)s to tie again") % {"count": count}
        return format_html('<a href="{}">{}</a>', address, words) if count else 0

    @admin.display(description=_("work on it"))
    def annotate(self, article: Article) -> str:
        address = reverse("admin:claims_article_annotate", args=[article.pk])
        return format_html('<a href="{}">{}</a>', address, _("Annotate"))


def _tell(request: HttpRequest, article: Article, form: Any) -> None:
    """What is there now, and what of it nobody typed: for the editor to look over."""
    said = _("“%(title)s” is added. Select the words of a statement to record it.")
    messages.success(request, said % {"title": article})
    if form.taken:
        names = get_text_list([str(form.fields[name].label) for name in form.taken], str(_("and")))
        messages.warning(request, _("Taken from the file, please check: %(names)s.") % {"names": names})
    read = form.cleaned_data.get("file")
    if read and read.encoding:
        said = _("The file does not say how its letters are encoded. It was read as %(encoding)s: check the accents.")
        messages.warning(request, said % {"encoding": read.encoding})
