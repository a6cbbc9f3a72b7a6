"""An article's published statements at their places in its text."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.presentation.marks import Mark
from claims.presentation.records import Record


@dataclass(frozen=True)
class Statement:
    """A claim at its place; ``number`` counts them in the order of the text."""

    number: int
    record: Record

    @property
    def mark(self) -> Mark:
        return self.record.mark

    @property
    def start(self) -> int:
        return self.record.doc["quote"]["start"]

    @property
    def end(self) -> int:
        return self.record.doc["quote"]["end"]


def find(text: str, records: Iterable[Record]) -> tuple[list[Statement], list[Record]]:
    """The statements that are at their places, in order, and the records whose words are no longer there."""
    records = sorted(records, key=lambda record: (record.doc["quote"]["start"], record.doc["quote"]["end"], record.id))
    found = [record for record in records if _is_at_its_place(text, record.doc["quote"])]
    lost = [record for record in records if not _is_at_its_place(text, record.doc["quote"])]
    return [Statement(number, record) for number, record in enumerate(found, 1)], lost


def _is_at_its_place(text: str, quote: dict) -> bool:
    return bool(quote["exact"]) and text[quote["start"] : quote["end"]] == quote["exact"]
