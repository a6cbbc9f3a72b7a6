"""What a ledger entry can be found by: its facets, and the bitmaps of entries that have each.

A conjunction of filters over any number of entries is the intersection of a few bitmaps, whose cost does not depend
on which values meet how often, and whose length is the number of claims that match.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from pyroaring import BitMap

from claims import stored
from claims.models import Facet
from sources import dates

Json = dict[str, Any]
Pair = tuple[str, str]
Sql = tuple[str, list[Any]]


class Among(NamedTuple):
    """The facets of one kind with any of these values, or of those that a query finds."""

    kind: str
    values: Sequence[str] | QuerySet

    def sql(self) -> Sql:
        if isinstance(self.values, QuerySet):
            found, parameters = self.values.query.sql_with_params()
            return f"kind = %s AND value IN ({found})", [self.kind, *parameters]
        return "kind = %s AND value = ANY(%s)", [self.kind, list(self.values)]


class Between(NamedTuple):
    """The facets of one kind with a value from the first to the last."""

    kind: str
    first: str
    last: str

    def sql(self) -> Sql:
        return "kind = %s AND value BETWEEN %s AND %s", [*self]


Having = Among | Between
# Any of these.
Filter = Sequence[Having]

SUPERSEDED = ("superseded", "")

# What a row tells, if it is not of the filter with this number.
NEWEST, GONE, GONE_LATER = -1, -2, -3
STATE = """
SELECT -2 AS what, NULL::bigint AS entry, NULL::bigint AS claims, entries
FROM claims_facet WHERE kind = 'superseded'
UNION ALL (
    SELECT -1, publication_id, claims, NULL FROM claims_publishedversion ORDER BY publication_id DESC LIMIT 1
)
"""
LATER = """
UNION ALL SELECT -3, previous, NULL, NULL
FROM claims_publishedversion WHERE publication_id > %s AND previous <= %s
"""
OF_FILTER = "UNION ALL SELECT {number}, NULL, NULL, entries FROM claims_facet WHERE {conditions}"


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


def meeting(filters: Sequence[Filter], *, at: int | None) -> tuple[tuple[int, int], BitMap]:
    """The entries that stood when ``at`` was the newest entry, or stand now, and meet every filter.

    Before them the newest entry that there is, and how many claims it left; all in one query, and so of one state.
    """
    newest, gone, later = (0, 0), BitMap(), BitMap()
    unions = [BitMap() for _ in filters]
    for what, entry, claims, entries in stored.fetch(*_question(filters, at)):
        if what == NEWEST:
            newest = (entry, claims)
        elif what == GONE_LATER:
            later.add(entry)
        else:
            (gone if what == GONE else unions[what]).update(BitMap.deserialize(entries))
    met = BitMap.intersection(*unions) - (gone - later)
    met.remove_range((newest[0] if at is None else at) + 1, 2**32)
    return newest, met


def _question(filters: Sequence[Filter], at: int | None) -> Sql:
    asked, parameters = [STATE], []
    for number, any_of in enumerate(filters):
        conditions, values = zip(*(having.sql() for having in any_of), strict=True)
        asked.append(OF_FILTER.format(number=number, conditions=" OR ".join(f"({one})" for one in conditions)))
        parameters += [value for some in values for value in some]
    if at is not None:
        asked.append(LATER)
        parameters += [at, at]
    return "".join(asked), parameters


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
    for kind, value, bitmap in known.values_list("kind", "value", "entries"):
        if (kind, value) in entries:
            bitmaps[kind, value] = BitMap.deserialize(bytes(bitmap))
    for pair, added in entries.items():
        bitmaps[pair].update(added)
    Facet.objects.bulk_create(
        [Facet(kind=kind, value=value, entries=bitmap.serialize()) for (kind, value), bitmap in bitmaps.items()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "value"],
        update_fields=["entries"],
    )
