"""What claims are described with: topics and ratings."""

from django.contrib import admin

from claims.models import Rating, Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Rating)
class RatingAdmin(admin.ModelAdmin):
    list_display = ["name", "value", "definition"]
    prepopulated_fields = {"slug": ["name"]}
