"""What claims are described with: topics and ratings; and pages about the newsroom."""

from django.contrib import admin

from claims.models import Rating, SitePage, Topic
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList


@admin.register(Topic)
class TopicAdmin(MeanwhileAdmin, LongList):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Rating)
class RatingAdmin(MeanwhileAdmin):
    list_display = ["name", "value", "definition"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(SitePage)
class SitePageAdmin(MeanwhileAdmin, LongList):
    list_display = ["title", "slug", "place"]
    prepopulated_fields = {"slug": ["title"]}
    fields = ["title", "slug", "summary", "text", "place"]
