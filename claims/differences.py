"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

# A word with the white space after it, or white space at the start.
PIECE = re.compile(r"\S+\s*|\s+")
SAME, INSERTED, DELETED = "same", "inserted", "deleted"


class Difference(NamedTuple):
    """A run of text and what happened to it: same, inserted or deleted."""

    what: str
    text: str


def words(before: str, after: str) -> list[Difference]:
    """The runs that lead from ``before`` to ``after``: all but the inserted, joined, are the first text, all but the
    deleted the second.
    """
    return [difference for difference in _runs(PIECE.findall(before), PIECE.findall(after)) if difference.text]


def _runs(old: list[str], new: list[str]) -> Iterator[Difference]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Difference(SAME, "".join(old[i:j]))
        else:
            yield Difference(DELETED, "".join(old[i:j]))
            yield Difference(INSERTED, "".join(new[k:m]))
