"""The list of claims: what it shows, filters and searches, and what can be done to many at once."""

from django.contrib import admin


class ClaimList(admin.ModelAdmin):
    """Mixed into ClaimAdmin."""

    list_display = ["wording", "speaker", "workflow_status", "article"]
    list_filter = [
        "workflow_status",
        ("assessment__rating", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
        "checkability",
    ]
    list_select_related = ["speaker", "article"]
    search_fields = ["wording", "quote", "speaker__name"]
