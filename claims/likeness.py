"""Words that are like others: found in a text, with their borders, and how much they are alike (0 to 100)."""

import re
import unicodedata

from rapidfuzz import fuzz

# From here on words are taken for a changed form of others; where those stood, less is enough.
SIMILAR, IN_PLACE = 70, 45
# Two places that differ by no more than this are alike about as much.
MARGIN = 10
# Shorter words are like too many others.
SHORTEST = 8
# Longer words are found by their beginning and their end: looking for all of them takes long.
LONG = 400
# A word or a number, with the signs inside them, or one other sign.
PIECE = re.compile(r"\w+(?:(?<=\d)[.,:/](?=\d)\w+|['’-]\w+)*|[^\w\s]")
# Signs that end something: no statement begins with one.
CLOSING = tuple(",.;:!?)]}”’»…")
JOINER = "\u200d"
# How many borders of words on either side of a place are tried.
TRIED = 12


def degree(words: str, others: str) -> float:
    """How much two runs of words are alike."""
    return fuzz.ratio(words, others)


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where ``text`` has something like ``words``: nothing, the one place, or the two that are about as much alike."""
    first = _best(text, words, SIMILAR)
    if not first:
        return []
    start, end = first
    masked = text[:start] + "\n" * (end - start) + text[end:]
    second = _best(masked, words, max(SIMILAR, degree(words, text[start:end]) - MARGIN))
    return [first, second] if second else [first]


def _best(text: str, words: str, at_least: float) -> tuple[int, int] | None:
    if len(words) < SHORTEST:
        return None
    span = _found(text, words, at_least) if len(words) <= LONG else _found_by_ends(text, words, at_least)
    return span if span and degree(words, text[slice(*span)]) >= at_least else None


def _found(text: str, words: str, at_least: float) -> tuple[int, int] | None:
    # A window as long as the words scores less than the place itself, if that grew or shrank.
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=at_least * 0.8)
    return _fitted(text, words, found.dest_start, found.dest_end) if found else None


def _found_by_ends(text: str, words: str, at_least: float) -> tuple[int, int] | None:
    """Long words from where they seem to begin to where they seem to end."""
    head = _found(text, words[: LONG // 2], at_least)
    reach = head[0] + 2 * len(words) if head else 0
    tail = _found(text[head[1] : reach], words[-LONG // 2 :], at_least) if head else None
    return (head[0], head[1] + tail[1]) if head and tail else None


def _fitted(text: str, words: str, start: int, end: int) -> tuple[int, int]:
    """The borders of words near ``start`` and ``end`` between which the text is most like ``words``."""
    reach = len(words) // 2 + TRIED
    low = max(0, start - reach)
    pieces = [(low + piece.start(), low + piece.end()) for piece in PIECE.finditer(text[low : end + reach])]
    starts = sorted(
        (a for a, _b in pieces if not text.startswith(CLOSING, a) and not _joined(text, a)),
        key=lambda at: abs(at - start),
    )[:TRIED]
    ends = sorted((b for _a, b in pieces if not _joined(text, b)), key=lambda at: abs(at - end))[:TRIED]
    pairs = ((a, b) for a in starts for b in ends if a < b)
    return max(pairs, key=lambda pair: (degree(words, text[slice(*pair)]), pair[0] - pair[1]), default=(start, end))


def _joined(text: str, at: int) -> bool:
    """Whether the sign at ``at`` belongs to the one before it."""
    after = text[at : at + 1]
    return bool(after) and (unicodedata.category(after)[0] == "M" or JOINER in text[at - 1 : at + 1])
