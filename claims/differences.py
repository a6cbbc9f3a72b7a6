"""What changed between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# A word with the white space after it, or white space at the start.
PIECE = re.compile(r"\S+\s*|\s+")
# A sentence or a line with what parts it from the next.
STRETCH = re.compile(r"[^\n]*?(?:[.!?…។]\s+|\n+|$)", re.DOTALL)
SAME, INSERTED, DELETED, SKIPPED = "same", "inserted", "deleted", "skipped"
# Longer texts are compared by sentences first: comparing words takes time that grows with the square of their number.
MANY_WORDS = 3000
MANY_PAIRS = 50_000


class Difference(NamedTuple):
    """A run of text and what happened to it: same, inserted or deleted; or skipped, where it was left out."""

    what: str
    text: str


def words(before: str, after: str) -> list[Difference]:
    """The runs that lead from ``before`` to ``after``: all but the inserted, joined, are the first text, all but the
    deleted the second.
    """
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) + len(new) <= MANY_WORDS:
        runs = _runs(old, new)
    else:
        runs = _by_stretches(STRETCH.findall(before), STRETCH.findall(after))
    return list(_joined(runs))


def shortened(runs: Sequence[Difference], *, around: int = 80, most: int = 400) -> list[Difference]:
    """The runs with at most ``around`` characters of what stayed the same on either side of a change, and ``most``
    of what came or went; cut between words where there are any.
    """
    result: list[Difference] = []
    for number, run in enumerate(runs):
        first, last = number == 0, number == len(runs) - 1
        if run.what == SAME:
            head, tail = (0 if first else around), (0 if last else around)
        else:
            head, tail = most, 0
        result += _cut(run, head, tail) if len(run.text) > head + tail + 1 else [run]
    return result


def _cut(run: Difference, head: int, tail: int) -> Iterator[Difference]:
    if head:
        start = run.text[:head]
        yield Difference(run.what, start.rpartition(" ")[0] + " " if " " in start else start)
    yield Difference(SKIPPED, "…")
    if tail:
        end = run.text[-tail:]
        yield Difference(run.what, " " + end.partition(" ")[2] if " " in end else end)


def _by_stretches(old: list[str], new: list[str]) -> Iterator[Difference]:
    for tag, i, j, k, m in _matcher(old, new).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            yield Difference(SAME, gone)
            continue
        before, after = PIECE.findall(gone), PIECE.findall(come)
        if len(before) + len(after) <= MANY_WORDS:
            yield from _runs(before, after)
        else:
            yield from (Difference(DELETED, gone), Difference(INSERTED, come))


def _runs(old: list[str], new: list[str]) -> Iterator[Difference]:
    keys = [piece.rstrip() for piece in old], [piece.rstrip() for piece in new]
    for tag, i, j, k, m in _matcher(*keys).get_opcodes():
        if tag == "equal":
            for was, becomes in zip(old[i:j], new[k:m], strict=True):
                yield from _same_word(was, becomes)
        else:
            yield Difference(DELETED, "".join(old[i:j]))
            yield Difference(INSERTED, "".join(new[k:m]))


def _same_word(was: str, becomes: str) -> Iterator[Difference]:
    """Two pieces that are one word, whatever white space comes after it."""
    if was == becomes:
        yield Difference(SAME, was)
        return
    word = was.rstrip()
    yield from (
        Difference(SAME, word),
        Difference(DELETED, was[len(word) :]),
        Difference(INSERTED, becomes[len(word) :]),
    )


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher:
    """One that takes no start at words that are everywhere, if there are so many that trying them all takes long."""
    times = Counter(new)
    return SequenceMatcher(None, old, new, autojunk=sum(times[piece] for piece in old) > MANY_PAIRS)


def _joined(runs: Iterator[Difference]) -> Iterator[Difference]:
    """Without empty runs, and with neighbours of one kind made one."""
    held: list[Difference] = []
    for run in runs:
        if run.text and held and held[-1].what == run.what:
            held[-1] = Difference(run.what, held[-1].text + run.text)
        elif run.text:
            held.append(run)
    yield from held
