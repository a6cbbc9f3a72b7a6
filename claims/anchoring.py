"""Where a quote sits in a text. Offsets are Unicode code points, zero-based, end exclusive (W3C Web Annotation)."""

from typing import NamedTuple

CONTEXT = 240


class Context(NamedTuple):
    """What stands before and after a quote (the prefix and suffix of a W3C TextQuoteSelector)."""

    prefix: str
    suffix: str


def occurrences(text: str, quote: str) -> list[tuple[int, int]]:
    """Every place of ``quote`` in ``text``, overlapping ones too; none for an empty quote."""
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


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
