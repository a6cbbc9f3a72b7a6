"""What claims are described with: topics and ratings; and pages about the newsroom."""

from django.contrib import admin
from django.http import HttpRequest

from claims.models import Rating, SitePage, Topic
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList


class KnownBySlug(MeanwhileAdmin):
    """Published documents hold the slug, and what they are found by: it is given once."""

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | Rating | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | Rating | None = None) -> dict[str, list[str]]:
        return {} if obj else {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(KnownBySlug, LongList):
    list_display = ["name", "slug"]
    search_fields = ["name"]


@admin.register(Rating)
class RatingAdmin(KnownBySlug):
    list_display = ["name", "value", "definition"]


@admin.register(SitePage)
class SitePageAdmin(MeanwhileAdmin, LongList):
    list_display = ["title", "slug", "place"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "summary", "text", "place"]
