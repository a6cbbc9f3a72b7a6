"""What a ledger entry can be found by: its facets, and the bitmaps of entries that have each.

A conjunction of filters over any number of entries is the intersection of a few bitmaps, whose cost does not depend
on which values meet how often, and whose length is the number of claims that match.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pyroaring import BitMap

from claims.models import Facet
from claims.models.record import BLOCK
from sources import dates

Json = dict[str, Any]
Pair = tuple[str, str]

SUPERSEDED = ("superseded", "")


def of_document(doc: Json) -> set[Pair]:
    """The (kind, value) pairs of a published document."""
    pairs = {
        ("verification_status", doc["verification_status"]),
        ("checkability", doc["checkability"]),
        ("form", doc["quote"]["form"]),
        ("language", doc["article"]["language"].lower()),
        ("article", str(doc["article"]["id"])),
    }
    pairs |= {("topic", topic["slug"]) for topic in doc["topics"]}
    pairs |= {("source", str(piece["source"]["id"])) for piece in doc["evidence"]}
    pairs |= {("publisher", name) for piece in doc["evidence"] if (name := piece["source"]["publisher"])}
    pairs |= {("speaker", str(doc[who]["id"])) for who in ("speaker", "relays") if doc[who]}
    if doc["rating"]:
        pairs.add(("rating", doc["rating"]["slug"]))
    if doc["article"]["outlet"]:
        pairs.add(("outlet", str(doc["article"]["outlet"]["id"])))
    return pairs.union(_days(doc))


def _days(doc: Json) -> Iterator[Pair]:
    """Days, each also by its month and its year, so that a long span of time is few bitmaps."""
    first, precision = dates.parse(doc["stated_on"] or "")
    days = {"published": date.fromisoformat(doc["published_at"][:10])}
    if first:
        days |= {"stated_from": first, "stated_until": dates.last_day(first, precision)}
    for kind, day in days.items():
        for length, unit in ((4, "year"), (7, "month"), (10, "day")):
            yield f"{kind}_{unit}", day.isoformat()[:length]


def enter(sequence: int, doc: Json, *, previous: int | None) -> None:
    """Add an entry to the facets it has, and the one it supersedes to those; call it with the ledger locked."""
    _add(sequence, of_document(doc))
    if previous:
        _add(previous, {SUPERSEDED})


def _add(sequence: int, pairs: set[Pair]) -> None:
    block = sequence // BLOCK
    kinds, values = zip(*pairs, strict=True)
    known = Facet.objects.filter(kind__in=kinds, value__in=values, block=block)
    stored = {(kind, value): bytes(entries) for kind, value, entries in known.values_list("kind", "value", "entries")}
    bitmaps = {pair: BitMap.deserialize(stored[pair]) if pair in stored else BitMap() for pair in pairs}
    for bitmap in bitmaps.values():
        bitmap.add(sequence)
    Facet.objects.bulk_create(
        [Facet(kind=kind, value=value, block=block, entries=_packed(of)) for (kind, value), of in bitmaps.items()],
        update_conflicts=True,
        unique_fields=["kind", "value", "block"],
        update_fields=["entries"],
    )


def rows(found: Mapping[Pair, BitMap]) -> Iterator[Facet]:
    """What is to be stored where nothing is yet, of all entries by the facet that they have."""
    for (kind, value), entries in found.items():
        for block in range(entries.min() // BLOCK, entries.max() // BLOCK + 1):
            if part := entries & BitMap(range(block * BLOCK, (block + 1) * BLOCK)):
                yield Facet(kind=kind, value=value, block=block, entries=_packed(part))


def _packed(entries: BitMap) -> bytes:
    """In as few bytes as there are: what is published one after another has much in common, such as the day."""
    entries.run_optimize()
    return entries.serialize()
