"""What a ledger entry can be found by: its facets, and the bitmaps of entries that have each.

A conjunction of filters over any number of entries is the intersection of a few bitmaps, whose cost does not depend
on which values meet how often, and whose length is the number of claims that match.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pyroaring import BitMap

from claims.models import Facet
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
    found: dict[Pair, list[int]] = {pair: [sequence] for pair in of_document(doc)}
    if previous:
        found[SUPERSEDED] = [previous]
    add(found)


def add(entries: Mapping[Pair, Iterable[int]]) -> None:
    """Add the sequences of entries, by the facet that they have, to what is there."""
    known = Facet.objects.filter(kind__in={kind for kind, _ in entries}, value__in={value for _, value in entries})
    bitmaps: dict[Pair, BitMap] = defaultdict(BitMap)
    for kind, value, stored in known.values_list("kind", "value", "entries"):
        if (kind, value) in entries:
            bitmaps[kind, value] = BitMap.deserialize(bytes(stored))
    for pair, added in entries.items():
        bitmaps[pair].update(added)
    Facet.objects.bulk_create(
        [Facet(kind=kind, value=value, entries=bitmap.serialize()) for (kind, value), bitmap in bitmaps.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "value"],
        update_fields=["entries"],
    )
