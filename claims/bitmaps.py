"""Which ledger entries have some facets and stood at some time, by their bitmaps: claims.models.record.Facet."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from pyroaring import BitMap

from claims import stored

Sql = tuple[str, list[Any]]


class Among(NamedTuple):
    """The facets of one kind with any of these values."""

    kind: str
    values: Sequence[str]

    def sql(self) -> Sql:
        return "kind = %s AND value = ANY(%s)", [self.kind, list(self.values)]


class Every(NamedTuple):
    """The facets of one kind, whatever their values."""

    kind: str

    def sql(self) -> Sql:
        return "kind = %s", [self.kind]


class AmongFound(NamedTuple):
    """The facets of one kind with any of the values that a query finds."""

    kind: str
    query: stored.Query
    given: dict[str, Any]

    def sql(self) -> Sql:
        return f"kind = %s AND value IN ({self.query.sql})", [self.kind, *self.query.told(self.given)]


class Between(NamedTuple):
    """The facets of one kind with a value from the first to the last."""

    kind: str
    first: str
    last: str

    def sql(self) -> Sql:
        return "kind = %s AND value BETWEEN %s AND %s", [*self]


Having = Among | AmongFound | Between | Every
# Any of these.
Filter = Sequence[Having]

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
OF_FACETS = "SELECT kind, value, entries FROM claims_facet WHERE kind = 'superseded' OR {conditions}"


def meeting(filters: Sequence[Filter], *, at: int | None) -> tuple[tuple[int, int], BitMap]:
    """The entries that stood when ``at`` was the newest entry, or stand now, and meet every filter.

    Before them the newest entry that there is, and how many claims it left; all in one query, and so of one state.
    """
    newest, later = (0, 0), BitMap()
    found: dict[int, list[BitMap]] = defaultdict(lambda: [BitMap()])
    for what, entry, claims, entries in stored.fetch(*_question(filters, at), binary=True):
        if what == NEWEST:
            newest = (entry, claims)
        elif what == GONE_LATER:
            later.add(entry)
        else:
            found[what].append(BitMap.deserialize(entries))
    gone = BitMap.union(*found[GONE]) - later
    every = BitMap(range(1, (newest[0] if at is None else at) + 1))
    return newest, BitMap.intersection(every, *(BitMap.union(*found[number]) for number in range(len(filters)))) - gone


def standing(*having: Having) -> dict[tuple[str, str], BitMap]:
    """The entries that stand now, by the facets (kind and value) that are asked for and that any entry has had."""
    gone = BitMap()
    found: dict[tuple[str, str], BitMap] = defaultdict(BitMap)
    conditions, values = zip(*(one.sql() for one in having), strict=True)
    asked = OF_FACETS.format(conditions=" OR ".join(f"({one})" for one in conditions))
    for kind, value, entries in stored.fetch(asked, [value for some in values for value in some], binary=True):
        of = gone if kind == "superseded" else found[kind, value]
        of.update(BitMap.deserialize(entries))
    return {facet: entries - gone for facet, entries in found.items()}


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
