"""The public record as lists and pages read it, made from the ledger's entries and nothing else.

Four tables, and each entry's part of them: the claim's current state, its state over time, its facets and its words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

import orjson
from django.db import transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Now
from pyroaring import BitMap

from claims import document, facets, ledger
from claims.models import Facet, Publication, PublishedClaim, PublishedVersion, RecordState, Word
from sources import dates

BATCH = 500
T = TypeVar("T")


def project(entry: Publication) -> None:
    """Bring a claim's public state to ``entry``, its newest publication. Call it with the ledger locked."""
    doc = orjson.loads(entry.document)
    existing = PublishedClaim.objects.filter(pk=entry.claim_id)
    ordinal = existing.values_list("ordinal", flat=True).first() or _next_ordinal()
    PublishedClaim.objects.update_or_create(pk=entry.claim_id, defaults={"ordinal": ordinal, **_columns(entry, doc)})
    before = PublishedVersion.objects.filter(claim=entry.claim_id, until=None)
    previous = before.values_list("pk", flat=True).first()
    before.update(until=entry.pk)
    version(entry, doc, previous=previous, claims=_claims_before(entry) + (previous is None)).save(force_insert=True)
    facets.enter(entry.pk, doc, previous=previous)
    Word.objects.enter(entry.pk, entry.pk)


def is_behind() -> bool:
    """Whether the ledger has entries that are not in the projection, as after an update that gave it a new table."""
    return Publication.objects.count() != PublishedVersion.objects.count()


def rebuild() -> int:
    """Make the whole projection anew from the ledger alone; returns the number of claims."""
    with transaction.atomic():
        head = ledger.lock()
        for table in (PublishedClaim, PublishedVersion, Facet, Word):
            table.objects.all().delete()
        ordinals = _rebuild_versions()
        newest = Publication.objects.newest().order_by("sequence")
        for entries in _batches(newest.iterator(chunk_size=BATCH)):
            PublishedClaim.objects.bulk_create(
                current(entry, orjson.loads(entry.document), ordinal=ordinals[entry.claim_id]) for entry in entries
            )
        Word.objects.enter(1, head.sequence if head else 0)
        _touch()
    return len(ordinals)


def _rebuild_versions() -> dict[int, int]:
    """Every entry's version and facets; returns each claim's ordinal."""
    ordinals: dict[int, int] = {}
    newest: dict[int, int] = {}
    found: dict[facets.Pair, BitMap] = defaultdict(BitMap)

    def versions() -> Iterator[PublishedVersion]:
        for entry in Publication.objects.order_by("sequence").iterator(chunk_size=BATCH):
            doc = orjson.loads(entry.document)
            ordinals.setdefault(entry.claim_id, len(ordinals) + 1)
            previous = newest.get(entry.claim_id)
            newest[entry.claim_id] = entry.pk
            for pair in facets.of_document(doc):
                found[pair].add(entry.pk)
            if previous:
                found[facets.SUPERSEDED].add(previous)
            yield version(entry, doc, previous=previous, claims=len(ordinals))

    for made in _batches(versions()):
        PublishedVersion.objects.bulk_create(made)
    following = PublishedVersion.objects.filter(claim=OuterRef("claim"), version=OuterRef("version") + 1)
    PublishedVersion.objects.update(until=Subquery(following.values("pk")))
    for made_of in _batches(facets.rows(found)):
        Facet.objects.bulk_create(made_of)
    return ordinals


def _touch() -> None:
    """Whoever has what was made of the projection before is to ask again (0011_record_state.sql)."""
    RecordState.objects.update(version=F("version") + 1, changed_at=Now())


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    things = iter(things)
    while batch := list(islice(things, BATCH)):
        yield batch


def _next_ordinal() -> int:
    return (PublishedClaim.objects.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _claims_before(entry: Publication) -> int:
    """How many claims the record had before an entry."""
    return PublishedVersion.objects.filter(pk=entry.pk - 1).values_list("claims", flat=True).first() or 0


def version(entry: Publication, doc: dict[str, Any], *, previous: int | None, claims: int) -> PublishedVersion:
    return PublishedVersion(
        publication=entry,
        claim=entry.claim_id,
        version=entry.version,
        previous=previous,
        claims=claims,
        stated=dates.parse(doc["stated_on"] or "")[0] or date.min,
        words=_words(doc),
    )


def current(entry: Publication, doc: dict[str, Any], *, ordinal: int) -> PublishedClaim:
    return PublishedClaim(pk=entry.claim_id, ordinal=ordinal, **_columns(entry, doc))


def _columns(entry: Publication, doc: dict[str, Any]) -> dict[str, Any]:
    return {
        "publication": entry,
        "slug": document.slug(doc["claim"]),
        "wording": doc["claim"],
        "verification_status": doc["verification_status"],
        "rating": doc["rating"] and doc["rating"]["slug"],
        "article_id": doc["article"]["id"],
        "outlet_id": _id(doc["article"]["outlet"]),
        "speaker_id": _id(doc["speaker"]),
        "relays_id": _id(doc["relays"]),
        "topics": [topic["slug"] for topic in doc["topics"]],
        "quote_start": doc["quote"]["start"],
        "published_at": datetime.fromisoformat(doc["published_at"]),
    }


def _id(thing: dict[str, Any] | None) -> int | None:
    return thing["id"] if thing else None


def _words(doc: dict[str, Any]) -> str:
    """What text search looks in."""
    speakers = [doc[key]["name"] for key in ("speaker", "relays") if doc[key]]
    parts = [doc["claim"], doc["quote"]["exact"], *speakers, doc["summary"], doc["article"]["title"]]
    return "\n".join(part for part in parts if part)
