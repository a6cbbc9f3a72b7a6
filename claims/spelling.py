"""What was meant by words that the record has nowhere, as it may be by a slip of the finger."""

import re
from collections import defaultdict

from rapidfuzz.distance import OSA

from claims.models.word import LONGEST, Word
from claims.terms import TERM

# So many slips are forgiven in words of at least so many letters.
FORGIVEN = ((10, 3), (6, 2), (4, 1))
POSSESSIVE = re.compile("['’]s$")
# Of the words of a search, so many are looked at.
MOST = 8


def meant(words: str) -> str | None:
    """The words, in web search syntax, with the nearest that the record has for each that it has not.

    None if it has them all, or nothing that is near. Two queries.
    """
    terms = [_bare(term) for without, term in TERM.findall(words) if not without and _is_looked_at(_bare(term))][:MOST]
    nearest = _nearest(set(terms) - Word.objects.finding(terms))

    def corrected(found: re.Match[str]) -> str:
        return found[0] if found[1] else nearest.get(_bare(found[2]), found[2])

    return TERM.sub(corrected, words) if nearest else None


def _bare(term: str) -> str:
    """Without the ending of a possessive, which the search does not look at."""
    return POSSESSIVE.sub("", term)


def _is_looked_at(term: str) -> bool:
    shortest = FORGIVEN[-1][0]
    return shortest <= len(term) <= LONGEST and not any(map(str.isdigit, term))


def _nearest(terms: set[str]) -> dict[str, str]:
    """For each term the word that is the fewest slips away and, of several, the most common; none where that is far."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for term, asked, word, entries in Word.objects.near(terms):
        found[term].append((OSA.distance(asked, word), -entries, word))
    best = {term: min(words) for term, words in found.items()}
    return {term: word for term, (slips, _entries, word) in best.items() if slips <= _forgiven(term)}


def _forgiven(term: str) -> int:
    return next(slips for letters, slips in FORGIVEN if len(term) >= letters)
