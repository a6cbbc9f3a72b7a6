from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims import intake
from claims.admin import annotate, texts
from claims.models import Article


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["title", "outlet", "published", "created_at"]
    list_filter = ["language", ("outlet", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["outlet"]
    search_fields = ["title", "url"]
    autocomplete_fields = ["outlet"]
    fieldsets = [
        (None, {"fields": ["title", "title_note", "outlet", "url", "byline", "language"]}),
        (_("Date"), {"fields": [("published_on", "published_on_precision"), "published_on_note"]}),
        (_("Text"), {"fields": ["text", "limits"]}),
    ]

    def get_urls(self) -> list[Any]:
        return [*(url for part in (annotate, texts) for url in part.urls(self)), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        """Claims are tied to the text's words, so it stays as it is once there are any."""
        return ["text"] if obj and obj.claims.exists() else []

    def save_model(self, request: HttpRequest, obj: Article, form: forms.ModelForm, change: bool) -> None:
        if change:
            obj.save()
        else:
            intake.add_article(obj, by=request.user)
