"""How many published claims there are of each thing, off the bitmaps: one query, whatever the numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from pyroaring import BitMap

from claims import bitmaps
from claims.enums import VerificationStatus
from claims.selection import Selection

T = TypeVar("T")
# By kind of facet, and by value.
Numbers = dict[str, dict[str, int]]
STATUS, RATING, YEAR = "verification_status", "rating", "stated_from_year"


class Verdicts(NamedTuple):
    """The entries of some claims, and how many of them there are of each verdict, and year of the statement.

    ``rated`` are by rating, ``unrated`` by status, which are those without a rating and those that were retracted.
    The year is None for statements of which it is not known. What there is none of is left out.
    """

    entries: BitMap
    rated: dict[str, int]
    unrated: dict[str, int]
    years: dict[int | None, int]


def claims_of(kind: str, things: Mapping[T, Iterable[str]]) -> dict[T, int]:
    """How many claims have, now, each of these things as their facet of a kind; by the values that it is known by."""
    names = {thing: list(values) for thing, values in things.items()}
    wanted = [name for values in names.values() for name in values]
    found = bitmaps.standing(bitmaps.Among(kind, wanted)) if wanted else {}
    return {
        thing: len(BitMap.union(*(found.get((kind, name), BitMap()) for name in values)))
        for thing, values in names.items()
    }


def within(selection: Selection, kinds: Iterable[str], chosen: Mapping[str, Sequence[str]]) -> Numbers:
    """How many of a selection's claims have each facet of some kinds, of which some values are chosen.

    Among those with a chosen value of every other kind: what would be listed if this value alone were chosen of its.
    """
    found: dict[str, dict[str, BitMap]] = defaultdict(dict)
    for (kind, value), entries in bitmaps.standing(*map(bitmaps.Every, kinds)).items():
        found[kind][value] = entries
    counted = selection.counted()
    met = {
        kind: BitMap.union(BitMap(), *(found[kind].get(value, BitMap()) for value in values))
        for kind, values in chosen.items()
        if values
    }
    numbers: Numbers = {}
    for kind, facets in found.items():
        others = BitMap.intersection(counted, *(entries for other, entries in met.items() if other != kind))
        numbers[kind] = {value: len(others & entries) for value, entries in facets.items()}
    return numbers


def verdicts(*any_of: bitmaps.Having) -> Verdicts:
    """Of the claims that have, now, any of these facets, which are of other kinds than those counted; or of all."""
    found: dict[str, dict[str, BitMap]] = defaultdict(dict)
    for (kind, value), entries in bitmaps.standing(*map(bitmaps.Every, (STATUS, RATING, YEAR)), *any_of).items():
        found[kind][value] = entries
    among = _union(found, *(having.kind for having in any_of)) if any_of else _union(found, STATUS)
    retracted = found[STATUS].get(VerificationStatus.RETRACTED, BitMap())
    rated = _union(found, RATING) - retracted
    years: dict[int | None, int] = {int(year): number for year, number in _numbers(found[YEAR], among).items()}
    if unknown := len(among - _union(found, YEAR)):
        years[None] = unknown
    return Verdicts(among, _numbers(found[RATING], among & rated), _numbers(found[STATUS], among - rated), years)


def _union(found: Mapping[str, Mapping[str, BitMap]], *kinds: str) -> BitMap:
    return BitMap.union(BitMap(), *(entries for kind in kinds for entries in found[kind].values()))


def _numbers(facets: Mapping[str, BitMap], among: BitMap) -> dict[str, int]:
    numbers = {value: len(among & entries) for value, entries in facets.items()}
    return {value: number for value, number in numbers.items() if number}
