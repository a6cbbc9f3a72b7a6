"""Where words that somebody typed or pasted stand in a text, and what they are told where that is no one place."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import anchoring
from sources.text import normalise

DOUBLE = "\"“”„‟«»″「」『』"  # fmt: skip
SINGLE = "'‘’‚‛‹›′"
FOLDED = str.maketrans(dict.fromkeys(DOUBLE, '"') | dict.fromkeys(SINGLE, "'"))
# More places than this are not asked about one by one.
MANY = 50


class Found(NamedTuple):
    """Where words stand in a text; ``exact`` if they stand there as they were typed."""

    places: list[tuple[int, int]]
    exact: bool


class Unlocated(Exception):
    """Words that stand nowhere, or in several places of which nobody said which.

    ``str()`` says so, for people; ``name`` is what they would change: the "quote" or its "occurrence".
    """

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def find(text: str, words: str) -> Found:
    """Every place of ``words`` in ``text``; of words with other white space or quotation marks, if there is none."""
    words = normalise(words).strip()
    if exact := anchoring.occurrences(text, words):
        return Found(exact, exact=True)
    return Found(list(_loosely(text.translate(FOLDED), words.translate(FOLDED))), exact=False)


def choose(
    places: Sequence[tuple[int, int]], *, which: int | None = None, here: tuple[int, int] | None = None
) -> tuple[int, int]:
    """The place that is meant: the only one, number ``which`` from 1, or else ``here``; raises Unlocated."""
    number = {"n": len(places)}
    if not places:
        raise Unlocated("quote", _("The article does not say this, word for word. Copy the words from its text."))
    if which and which > len(places):
        times = ngettext("once", "%(n)s times", len(places)) % number
        raise Unlocated("occurrence", _("The article says this only %(times)s.") % {"times": times})
    if which or len(places) == 1:
        return places[(which or 1) - 1]
    if here and here in places:
        return here
    if len(places) > MANY:
        raise Unlocated("quote", _("The article says this %(n)s times. Take in more of the words around.") % number)
    raise Unlocated("occurrence", _("The article says this %(n)s times. Which one is it?") % number)


def _loosely(text: str, words: str) -> Iterator[tuple[int, int]]:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()))
    found = pattern.search(text) if words else None
    while found:
        yield found.span()
        found = pattern.search(text, found.start() + 1)
