"""A text cut into paragraphs and segments, so that spans of it can be marked however they overlap."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

# What parts two paragraphs: a blank line, with all the white space around it.
GAP = re.compile(r"\n[^\S\n]*\n\s*")


class Span(Protocol):
    """Offsets in Unicode code points, zero-based, end exclusive, inside the text; never empty."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True)
class Segment(Generic[S]):
    """A run of text that the same spans cover.

    ``spans`` are all that cover it, outermost (longest) first; ``opening`` are those that begin with it and
    ``closing`` those that end with it. A ``gap`` is the white space after a paragraph.
    """

    text: str
    start: int
    spans: tuple[S, ...]
    opening: tuple[S, ...]
    closing: tuple[S, ...]
    gap: bool


def paragraphs(text: str, spans: Sequence[S]) -> list[list[Segment[S]]]:
    """Cut ``text`` at the borders of its paragraphs and of ``spans``, which may overlap in any way.

    All segments, joined, are the text; those that carry one span, joined, are exactly its part of the text. A
    span over several paragraphs is in segments of each.
    """
    gaps = [found.span() for found in GAP.finditer(text)]
    after_gaps = {end for _start, end in gaps}
    result: list[list[Segment[S]]] = []
    for segment in _segments(text, spans, dict(gaps)):
        if not result or segment.start in after_gaps:
            result.append([])
        result[-1].append(segment)
    return result


def places(cut: list[list[Segment[S]]]) -> list[tuple[S, int]]:
    """Each span in order, with the number of the paragraph that it begins in, from 1."""
    return [
        (span, number) for number, paragraph in enumerate(cut, 1) for segment in paragraph for span in segment.opening
    ]


def _segments(text: str, spans: Sequence[S], gaps: dict[int, int]) -> Iterator[Segment[S]]:
    opening: dict[int, list[S]] = defaultdict(list)
    for span in spans:
        opening[span.start].append(span)
    cuts = {0, len(text), *gaps, *gaps.values()}.union(*((span.start, span.end) for span in spans))
    gap_end = 0
    active: list[S] = []
    for start, end in pairwise(sorted(cuts)):
        gap_end = gaps.get(start, gap_end)
        active = [span for span in active if span.end > start] + opening[start]
        active.sort(key=lambda span: (span.start - span.end, span.start))
        yield Segment(
            text=text[start:end],
            start=start,
            spans=tuple(active),
            opening=tuple(opening[start]),
            closing=tuple(span for span in active if span.end == end),
            gap=start < gap_end,
        )
