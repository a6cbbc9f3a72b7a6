"""A claim's current public state, read off its newest ledger entry and nothing else."""

from datetime import date, datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Max

from claims import document, ledger
from claims.models import Publication, PublishedClaim
from sources import dates


def project(entry: Publication) -> None:
    """Bring a claim's public state to ``entry``, its newest publication. Call it with the ledger locked."""
    existing = PublishedClaim.objects.filter(pk=entry.claim_id)
    ordinal = existing.values_list("ordinal", flat=True).first() or _next_ordinal()
    PublishedClaim.objects.update_or_create(pk=entry.claim_id, defaults={"ordinal": ordinal, **_columns(entry)})


def rebuild() -> int:
    """Make the whole projection anew from the ledger alone; returns the number of claims."""
    with transaction.atomic():
        ledger.lock()
        PublishedClaim.objects.all().delete()
        ordinals: dict[int, int] = {}
        for entry in Publication.objects.order_by("sequence").iterator(chunk_size=500):
            ordinals.setdefault(entry.claim_id, len(ordinals) + 1)
        newest = Publication.objects.newest().order_by("sequence")
        batch: list[PublishedClaim] = []
        for entry in newest.iterator(chunk_size=500):
            batch.append(PublishedClaim(pk=entry.claim_id, ordinal=ordinals[entry.claim_id], **_columns(entry)))
            if len(batch) == 500:
                PublishedClaim.objects.bulk_create(batch)
                batch.clear()
        PublishedClaim.objects.bulk_create(batch)
    return len(ordinals)


def _next_ordinal() -> int:
    return (PublishedClaim.objects.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _columns(entry: Publication) -> dict[str, Any]:
    doc = orjson.loads(entry.document)
    stated_from, stated_until = _stated(doc["stated_on"])
    return {
        "publication": entry,
        "slug": document.slug(doc["claim"]),
        "verification_status": doc["verification_status"],
        "rating": doc["rating"] and doc["rating"]["slug"],
        "checkability": doc["checkability"],
        "form": doc["quote"]["form"],
        "language": doc["article"]["language"],
        "article_id": doc["article"]["id"],
        "outlet_id": _id(doc["article"]["outlet"]),
        "speaker_id": _id(doc["speaker"]),
        "relays_id": _id(doc["relays"]),
        "topics": [topic["slug"] for topic in doc["topics"]],
        "sources": sorted({piece["source"]["id"] for piece in doc["evidence"]}),
        "stated_from": stated_from,
        "stated_until": stated_until,
        "quote_start": doc["quote"]["start"],
        "first_published_at": datetime.fromisoformat(doc["first_published_at"]),
        "published_at": datetime.fromisoformat(doc["published_at"]),
        "words": _words(doc),
    }


def _id(thing: dict[str, Any] | None) -> int | None:
    return thing["id"] if thing else None


def _stated(text: str | None) -> tuple[date | None, date | None]:
    first, precision = dates.parse(text or "")
    return first, first and dates.last_day(first, precision)


def _words(doc: dict[str, Any]) -> str:
    """What text search looks in."""
    speakers = [doc[key]["name"] for key in ("speaker", "relays") if doc[key]]
    parts = [doc["claim"], doc["quote"]["exact"], *speakers, doc["summary"], doc["article"]["title"]]
    return "\n".join(part for part in parts if part)
