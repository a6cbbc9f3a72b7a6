"""What claims are described with: topics and ratings; and pages about the newsroom."""

from django.contrib import admin
from django.http import HttpRequest

from claims.models import Rating, SitePage, Topic
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList


@admin.register(Topic)
class TopicAdmin(MeanwhileAdmin, LongList):
    list_display = ["name", "slug"]
    search_fields = ["name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> list[str]:
        """Published documents hold the slug, and lead to the page that it names."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["name"]}


@admin.register(Rating)
class RatingAdmin(MeanwhileAdmin):
    list_display = ["name", "value", "definition"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(SitePage)
class SitePageAdmin(MeanwhileAdmin, LongList):
    list_display = ["title", "slug", "place"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "summary", "text", "place"]
