"""Where a text has the words that somebody searched for: nearly as the search finds them, for the eye."""

import unicodedata
from typing import NamedTuple

from claims.terms import NUMBER, TERM, WORD

# Endings of English words, which do not matter to the search.
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "ly", "s", "e", "y")
SHORTEST, LONGEST_ENDING = 3, 5


class Run(NamedTuple):
    text: str
    found: bool


def runs(text: str, searched: str) -> list[Run]:
    """The text in runs, of which some are words that were searched for; joined, they are the text."""
    stems = {_stem(_folded(word)) for without, word in TERM.findall(searched) if not without}
    found: list[Run] = []
    end = 0
    for match in WORD.finditer(text) if stems else ():
        if any(_has(_folded(match[0]), stem) for stem in stems):
            found += [Run(text[end : match.start()], False), Run(match[0], True)]
            end = match.end()
    return [run for run in (*found, Run(text[end:], False)) if run.text]


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
