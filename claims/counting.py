"""How many published claims there are of each thing, off the bitmaps: one query, whatever the numbers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pyroaring import BitMap

from claims import bitmaps
from claims.selection import Selection

T = TypeVar("T")
# By kind of facet, and by value.
Numbers = dict[str, dict[str, int]]


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
