"""An article's published statements at their places in its text."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims import anchoring
from claims.presentation.marks import Mark
from claims.presentation.records import Record


@dataclass(frozen=True)
class Statement:
    """A claim at its place, from ``start`` to ``end``; ``number`` counts them in the order of the text.

    The place ``is_moved`` where the text was changed since, so that the words stand elsewhere than the claim says.
    """

    number: int
    record: Record
    start: int
    end: int

    @property
    def mark(self) -> Mark:
        return self.record.mark

    @property
    def is_moved(self) -> bool:
        return self.start != self.record.doc["quote"]["start"]


def find(text: str, records: Iterable[Record]) -> tuple[list[Statement], list[Record]]:
    """The statements that have a place, in the order of the text, and the records whose words have none any more."""
    placed = [(_place(text, record.doc["quote"]), record) for record in records]
    found = sorted(((*place, record.id, record) for place, record in placed if place), key=lambda at: at[:3])
    lost = sorted((record for place, record in placed if not place), key=_in_its_text)
    return [Statement(number, record, *place) for number, (*place, _id, record) in enumerate(found, 1)], lost


def _in_its_text(record: Record) -> tuple[int, int, int]:
    quote = record.doc["quote"]
    return quote["start"], quote["end"], record.id


def _place(text: str, quote: dict) -> tuple[int, int] | None:
    """Where the quote says or, in a text that was changed, the one place that has the same words next to it, too."""
    exact, start, end = quote["exact"], quote["start"], quote["end"]
    if not exact or text[start:end] == exact:
        return (start, end) if exact else None
    places = anchoring.occurrences(text, exact)
    if len(places) > 1 or len(exact) < anchoring.TELLING:
        before, after = quote["prefix"][-anchoring.NEAR :], quote["suffix"][: anchoring.NEAR]
        if len(before + exact + after) < anchoring.TELLING:
            return None
        places = [at for at in places if text.endswith(before, 0, at[0]) and text.startswith(after, at[1])]
    return places[0] if len(places) == 1 else None
