"""Where a quote sits in a text, and where it went when the text changed.

Offsets are Unicode code points, zero-based, end exclusive (W3C Web Annotation).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from claims import likeness
from claims.enums import Anchor

CONTEXT = 240
# How many characters next to a quote must be as they were for the place to be taken for the same.
NEAR = 24
# Words that, with what is unchanged next to them, are shorter than this could stand anywhere by chance.
TELLING = 24
# How far a context is read to tell places apart, and how many places alike are looked at.
FAR, MANY = 5000, 100
# Marks the ends of a text. Normalised text has no such characters (sources.text).
OPENING, CLOSING = "\x02\n", "\n\x03"


class Context(NamedTuple):
    """What stands before and after a quote (the prefix and suffix of a W3C TextQuoteSelector)."""

    prefix: str
    suffix: str


class Placement(NamedTuple):
    """How a quote of the old text stands in the new one.

    Exact and moved: it stands, word for word, from ``start`` to ``end``, and no other place can be meant. Changed:
    similar words stand there; without offsets, several places could be meant. Lost: nothing similar is there.
    """

    anchor: Anchor
    start: int | None = None
    end: int | None = None


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of ``quote`` in ``text``, overlapping ones too; none for an empty quote."""
    return [(at, at + len(quote)) for at in _each(text, quote)]


def context(text: str, start: int, end: int, *, size: int = CONTEXT) -> Context:
    """The words around a span, within its paragraphs and up to ``size`` characters a side, cut between words."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    after = text[end : line_end if line_end >= 0 else len(text)]
    if len(before) > size:
        before = before[-size:].partition(" ")[2]
    if len(after) > size:
        after = after[:size].rpartition(" ")[0]
    return Context(before, after)


def reanchor(old_text: str, new_text: str, start: int, end: int) -> Placement:
    """Where the words from ``start`` to ``end`` of the old text stand in the new one."""
    return reanchor_all(old_text, new_text, [(start, end)])[0]


def reanchor_all(old_text: str, new_text: str, spans: Iterable[tuple[int, int]]) -> list[Placement]:
    """As ``reanchor``, for many spans of one text."""
    if old_text == new_text:
        return [Placement(Anchor.EXACT, start, end) for start, end in spans]
    correction = Correction(old_text, new_text)
    # One sentence is often several claims.
    placement = cache(correction.placement)
    return [placement(start, end) for start, end in spans]


class Correction:
    """A text before and after it was corrected."""

    def __init__(self, old_text: str, new_text: str) -> None:
        self.old = OPENING + old_text + CLOSING
        self.new = OPENING + new_text + CLOSING
        self.text = new_text

    def placement(self, start: int, end: int) -> Placement:
        quote = self.old[start + len(OPENING) : end + len(OPENING)]
        span = Quoted(self.old, self.new, start + len(OPENING), end + len(OPENING))
        if quote not in self.text:
            return self._similar(span, quote)
        at = span.only_place() if _once(self.old, quote) and _once(self.new, quote) else span.place_among_many()
        # A quote that begins or ends with a line's end may have found that of a mark.
        if at is None or self.text[max(0, at - len(OPENING)) :][: len(quote)] != quote:
            return self._doubtful(span, quote)
        at -= len(OPENING)
        return Placement(Anchor.EXACT if at == start else Anchor.MOVED, at, at + len(quote))

    def _doubtful(self, span: "Quoted", quote: str) -> Placement:
        """The words are there; whether they are the ones that were quoted, a person must say."""
        if _once(self.new, quote) and _once(self.old, quote) and not span.has_rival():
            at = self.text.index(quote)
            return Placement(Anchor.CHANGED, at, at + len(quote))
        return Placement(Anchor.CHANGED)

    def _similar(self, span: "Quoted", quote: str) -> Placement:
        replaced = span.replaced_by()
        if replaced and likeness.degree(quote, self.new[slice(*replaced)]) >= likeness.IN_PLACE:
            start, end = (offset - len(OPENING) for offset in replaced)
            return Placement(Anchor.CHANGED, start, end)
        places = likeness.places(self.text, quote)
        if not places:
            return Placement(Anchor.LOST)
        return Placement(Anchor.CHANGED, *places[0]) if len(places) == 1 else Placement(Anchor.CHANGED)


class Quoted:
    """A quote in the old text, between marks of its ends, and what can be told of its place in the new one."""

    def __init__(self, old: str, new: str, start: int, end: int) -> None:
        self.old, self.new, self.start, self.end = old, new, start, end
        self.quote = old[start:end]

    def only_place(self) -> int | None:
        """Where the words are, said once in either text, if they are the same and not said of something else."""
        at = self.new.index(self.quote)
        left, right = self._around(NEAR)
        end = at + len(self.quote)
        if self.new.endswith(left, 0, at) or self.new.startswith(right, end):
            known = self._left(at, NEAR) + len(self.quote) + self._right(at, NEAR)
            return at if known >= TELLING else None
        return at if len(self.quote) >= TELLING and not self.has_rival() else None

    def place_among_many(self) -> int | None:
        """The one place where the words before alone, and the words after alone, say that it is the same."""
        left, right = self._around(NEAR)
        found = list(islice(_each(self.new, left + self.quote + right), MANY + 1))
        if len(found) > MANY:
            return None
        return next((at + len(left) for at in found if self._same_place(at + len(left))), None)

    def has_rival(self) -> bool:
        """Whether other, similar words stand where the quote stood."""
        replaced = self.replaced_by()
        return replaced is not None and likeness.degree(self.quote, self.new[slice(*replaced)]) >= likeness.SIMILAR

    def replaced_by(self) -> tuple[int, int] | None:
        """The span of what stands now between the words that stood around the quote."""
        for size in (NEAR, NEAR * 4):
            around = self._around(size)
            left, right = around.prefix.strip("\n") or around.prefix, around.suffix.strip("\n") or around.suffix
            start, end = self._between(left, right)
            between = self.new[start:end]
            if between.strip() and len(between) <= 3 * len(self.quote) + NEAR:
                return end - len(between.lstrip()), start + len(between.rstrip())
        return None

    def _between(self, left: str, right: str) -> tuple[int, int]:
        """From the end of the words before to the start of those after; one side is known for sure, or nothing is."""
        if left in self.quote or right in self.quote:
            return 0, 0
        if _once(self.old, left) and _once(self.new, left):
            start = self.new.index(left) + len(left)
            return self._likest((start, start + at) for at in _each(self._reach(start), right))
        if _once(self.old, right) and _once(self.new, right):
            end = self.new.index(right)
            low = max(0, end - len(self._reach(0)))
            return self._likest((low + at + len(left), end) for at in _each(self.new[low:end], left))
        return 0, 0

    def _reach(self, start: int) -> str:
        """The text from ``start`` as far as what took the quote's place may go."""
        return self.new[start : start + 3 * len(self.quote) + 2 * NEAR]

    def _likest(self, spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """The span most like the quote: a full stop, say, may stand in a number and at the sentence's end."""
        few = islice(spans, MANY)
        return max(few, key=lambda span: likeness.degree(self.quote, self.new[slice(*span)]), default=(0, 0))

    def _same_place(self, at: int) -> bool:
        before = self.old[self.start - self._left(at, FAR) : self.end]
        after = self.old[self.start : self.end + self._right(at, FAR)]
        return all(_once(text, words) for words in (before, after) for text in (self.old, self.new))

    def _around(self, size: int) -> Context:
        """What stands next to the quote, up to ``size`` characters a side, but not beyond a line's end."""
        before = max(self.old.rfind("\n", 0, self.start), self.start - size)
        after = min(self.old.find("\n", self.end) + 1, self.end + size)
        return Context(self.old[before : self.start], self.old[self.end : after])

    def _left(self, at: int, most: int) -> int:
        """How many characters before the quote are the same before ``at`` in the new text, up to ``most``."""
        here, there = self.old[max(0, self.start - most) : self.start], self.new[max(0, at - most) : at]
        return _longest(lambda n: here.endswith(there[len(there) - n :]), min(len(here), len(there)))

    def _right(self, at: int, most: int) -> int:
        """How many characters after the quote are the same after it at ``at`` in the new text, up to ``most``."""
        end = at + len(self.quote)
        here, there = self.old[self.end : self.end + most], self.new[end : end + most]
        return _longest(lambda n: here.startswith(there[:n]), min(len(here), len(there)))


def _longest(same: Callable[[int], bool], most: int) -> int:
    """The largest length, up to ``most``, that is the same: all smaller are too."""
    return bisect_left(range(1, most + 1), True, key=lambda length: not same(length))


def _each(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _once(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and at == text.rfind(words)
