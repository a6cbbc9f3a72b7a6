"""What claims are described with: topics and ratings. Speakers, who can be merged, are in claims.admin.speaker."""

from django.contrib import admin

from claims.admin.speaker import SpeakerAdmin
from claims.models import Rating, Topic
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList

__all__ = ["RatingAdmin", "SpeakerAdmin", "TopicAdmin"]


@admin.register(Topic)
class TopicAdmin(MeanwhileAdmin, LongList):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Rating)
class RatingAdmin(MeanwhileAdmin):
    list_display = ["name", "value", "definition"]
    prepopulated_fields = {"slug": ["name"]}
