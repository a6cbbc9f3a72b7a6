"""How many published claims there are of each thing, off the bitmaps: one query, whatever the numbers."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from pyroaring import BitMap

from claims import bitmaps

T = TypeVar("T")


def claims_of(kind: str, things: Mapping[T, Iterable[str]]) -> dict[T, int]:
    """How many claims have, now, each of these things as their facet of a kind; by the values that it is known by."""
    names = {thing: list(values) for thing, values in things.items()}
    wanted = [name for values in names.values() for name in values]
    found = bitmaps.standing(bitmaps.Among(kind, wanted)) if wanted else {}
    return {
        thing: len(BitMap.union(*(found.get((kind, name), BitMap()) for name in values)))
        for thing, values in names.items()
    }
