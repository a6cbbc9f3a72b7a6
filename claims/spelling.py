"""What was meant by words that the record has nowhere, as it may be by a slip of the finger."""

import re

from rapidfuzz.distance import OSA

from claims.models.word import Word

# Not \w, which leaves out the signs that other scripts write over and under their letters.
SIGNS = r"[^\s!-/:-@\[-`{-~‘’“”„…«»¡¿،؛؟。、！？–—]"
# In web search syntax: a word that is not to be there, or any other.
TERM = re.compile(rf"(-?)({SIGNS}+(?:['’]{SIGNS}+)*)")
# So many slips are forgiven in words of at least so many letters.
FORGIVEN = ((10, 3), (6, 2), (4, 1))


def meant(words: str) -> str | None:
    """The words, in web search syntax, with the nearest that the record has for each that it has not.

    None if it has them all, or nothing that is near.
    """
    corrected = TERM.sub(_corrected, words)
    return corrected if corrected != words else None


def _corrected(term: re.Match[str]) -> str:
    without, word = term.groups()
    return term[0] if without or any(map(str.isdigit, word)) else _nearest(word)


def _nearest(term: str) -> str:
    """The word that is the fewest slips away and, of several, the most common one; or else the term."""
    forgiven = next((slips for letters, slips in FORGIVEN if len(term) >= letters), 0)
    if not forgiven or Word.objects.found_by(term).exists():
        return term
    near = Word.objects.near(term).values_list("asked", "word", "entries")
    found = [(OSA.distance(asked, word), -entries, word) for asked, word, entries in near]
    slips, _entries, word = min(found, default=(forgiven + 1, 0, term))
    return word if slips <= forgiven else term
