"""What was published, and what was put right, for readers to follow."""

from datetime import datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.enums import PublicationKind, VerificationStatus
from claims.filters import ClaimFilter
from claims.freshness import present
from claims.models.publication import Publication
from claims.pages.atom import AtomFeed
from claims.pages.feed import FeedView, refusal
from claims.presentation import embedding
from claims.presentation.marks import of_document
from claims.presentation.records import Documents, Record
from claims.selection import Selection

ENTRIES = 50


class ClaimFeedView(FeedView):
    """The claims that were published last, all of them or those that the list's filters select."""

    content_type = AtomFeed.content_type
    parameters = frozenset(ClaimFilter.base_filters)

    def get(self, request: HttpRequest) -> HttpResponse:
        found = ClaimFilter(request.GET, Selection(present(request)))
        if not found.is_valid():
            return refusal(found.errors)
        query = request.META["QUERY_STRING"]
        page = reverse("pages:claims") + (f"?{query}" if query else "")
        feed = AtomFeed(title=_("Claims"), address=request.get_full_path(), page=page)
        for record in Record.read(Documents(found.qs)[:ENTRIES]):
            feed.add_entry(**_claim(record))
        return HttpResponse(feed.writeString("utf-8"), content_type=self.content_type)


class CorrectionFeedView(FeedView):
    """The updates, corrections and retractions that were published last."""

    content_type = AtomFeed.content_type

    def get(self, request: HttpRequest) -> HttpResponse:
        feed = AtomFeed(title=_("Corrections"), address=request.path, page=reverse("pages:corrections"))
        columns = ("sequence", "kind", "note", "published_at", "document")
        for row in Publication.objects.amendments().values_list(*columns)[:ENTRIES]:
            feed.add_entry(**_correction(*row))
        return HttpResponse(feed.writeString("utf-8"), content_type=self.content_type)


def _claim(record: Record) -> dict[str, Any]:
    doc = record.doc
    return {
        # Without the words that the page's address has, which change where the claim is worded anew.
        "identity": reverse("pages:claim-by-id", args=[record.id]),
        "title": embedding.in_one_line(record.mark.word, doc),
        "page": record.url,
        "updated": datetime.fromisoformat(doc["published_at"]),
        "pubdate": datetime.fromisoformat(doc["first_published_at"]),
        "categories": [topic["name"] for topic in doc["topics"]],
        "summary": record.mark.word if _is_withdrawn(doc) else doc["summary"] or record.mark.word,
        "content": _content(doc, doc["corrections"][::-1]),
    }


def _correction(sequence: int, kind: str, note: str, published_at: datetime, document: str) -> dict[str, Any]:
    doc = orjson.loads(document)
    return {
        "identity": reverse("api:change-detail", args=[sequence]),
        "title": embedding.in_one_line(capfirst(PublicationKind(kind).label), doc),
        "page": reverse("pages:claim-by-id", args=[doc["id"]]),
        "updated": published_at,
        "pubdate": published_at,
        "summary": note,
        "content": _content(doc, doc["corrections"][-1:]),
    }


def _content(doc: dict[str, Any], corrections: list[dict[str, Any]]) -> str:
    context = {"doc": doc, "corrections": corrections, "mark": of_document(doc), "withdrawn": _is_withdrawn(doc)}
    return render_to_string("claims/feed_entry.html", context)


def _is_withdrawn(doc: dict[str, Any]) -> bool:
    return doc["verification_status"] == VerificationStatus.RETRACTED
