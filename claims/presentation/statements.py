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
    """Where the quote says or, in a text that was changed, the one place with the same words and the same around."""
    exact, start, end = quote["exact"], quote["start"], quote["end"]
    if is_in_its_place(text, quote):
        return start, end
    if len("".join([exact, *_near(quote)])) < anchoring.TELLING:
        return None
    places = [at for at in anchoring.occurrences(text, exact) if all(_same_around(text, *at, quote))]
    return places[0] if len(places) == 1 else None


def is_in_its_place(text: str, quote: dict) -> bool:
    """Whether the words are where the quote says, and what is before them or after them is the same, too.

    By the words alone, those of somebody else who says the same could be meant, once a text was changed.
    """
    exact, start, end = quote["exact"], quote["start"], quote["end"]
    if not exact or text[start:end] != exact:
        return False
    if text[:start] == quote["prefix"]:
        return True  # Nothing before them was changed at all.
    around = _same_around(text, start, end, quote)
    told = [same for words, same in zip(_near(quote), around, strict=True) if words]
    return any(told) if told else all(around)


def _same_around(text: str, start: int, end: int, quote: dict) -> tuple[bool, bool]:
    """Whether what is before a place, and after it, is what is there of the quote: as far as NEAR, or the paragraph."""
    before, after = _near(quote)
    begins, ends = not start or text[start - 1] == "\n", end == len(text) or text[end] == "\n"
    return (
        text.endswith(before, 0, start) if before else begins,
        text.startswith(after, end) if after else ends,
    )


def _near(quote: dict) -> tuple[str, str]:
    return quote["prefix"][-anchoring.NEAR :], quote["suffix"][: anchoring.NEAR]
