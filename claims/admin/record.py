"""The reviews and the ledger, to look at: PostgreSQL lets nobody change them, so there is nothing to press."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import Publication, Review
from sources.paging import LongList


class ReadOnlyAdmin(LongList):
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "claim", "decision", "reviewer", "comment"]
    list_filter = ["decision"]
    list_select_related = ["claim", "reviewer"]
    ordering = ["-pk"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    list_display = ["sequence", "claim", "version", "kind", "published_at", "short_hash"]
    list_filter = ["kind"]
    list_select_related = ["claim"]
    ordering = ["-sequence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the documents: a page of the list would hold a hundred of them."""
        return super().get_queryset(request).defer("document")

    @admin.display(description=_("hash"))
    def short_hash(self, entry: Publication) -> str:
        return entry.hash[:12]
