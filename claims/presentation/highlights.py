"""Where a text has the words that somebody searched for: nearly as the search finds them, for the eye."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from claims.terms import NUMBER, TERM, WORD

# Endings of English words, which do not matter to the search.
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s", "e", "y")
SHORTEST, LONGEST_ENDING = 3, 5
DIGITS = re.compile("[0-9]+")


class Run(NamedTuple):
    text: str
    found: bool


def runs(text: str, searched: str) -> list[Run]:
    """The text in runs, of which some are words that were searched for; joined, they are the text."""
    stems = {stem for without, word in TERM.findall(searched) if not without for stem in _stems(word)}
    found: list[Run] = []
    end = 0
    for match in WORD.finditer(text) if stems else ():
        for start, stop in _places(match, stems):
            found += [Run(text[end:start], False), Run(text[start:stop], True)]
            end = stop
    return [run for run in (*found, Run(text[end:], False)) if run.text]


def _stems(word: str) -> list[str]:
    """Of a word, and where it is a number that spaces group, of each group: they may be several numbers."""
    groups = word.split() if NUMBER.fullmatch(word) else []
    return [_stem(_folded(word)), *(groups if len(groups) > 1 else ())]


def _places(match: re.Match[str], stems: set[str]) -> Iterator[tuple[int, int]]:
    """Where one is in a word that was matched: all of it or, of a number, those of its groups that are one."""
    if _is_among(match[0], stems):
        yield match.span()
    elif NUMBER.fullmatch(match[0]):
        for group in DIGITS.finditer(match[0]):
            if _is_among(group[0], stems):
                yield match.start() + group.start(), match.start() + group.end()


def _is_among(word: str, stems: set[str]) -> bool:
    return any(_has(_folded(word), stem) for stem in stems)


def _folded(word: str) -> str:
    """Without accents and capitals or, of a number, without what groups its digits."""
    if NUMBER.fullmatch(word):
        return "".join(filter(str.isdigit, word))
    signs = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Mn").casefold()


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def _has(word: str, stem: str) -> bool:
    ending = len(word) - len(stem)
    return word.startswith(stem) and (not ending or (ending <= LONGEST_ENDING and len(stem) >= SHORTEST))
