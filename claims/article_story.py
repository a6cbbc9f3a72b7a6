"""An article's history as a story: who changed what of it, and every text that it had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.db.models.functions import MD5, Length
from django.utils.translation import gettext as _

from claims import changes, differences
from claims.changes import Names
from claims.differences import Difference
from claims.models import Article
from claims.story import Entry, Happening, grouped, rewritten, user_of

# What changed in longer texts is marked where one of them is read, and not where all is told.
LONG = 100_000
MOST_RUNS = 200


@dataclass(frozen=True)
class Text:
    """A text that an article had: from when, until when (None: it has it still), and what was new in it, marked."""

    who: str
    since: datetime
    until: datetime | None
    runs: list[Difference]


def tell(article: Article) -> list[Entry]:
    """All that ever happened to an article, oldest first; costs the same number of queries however much that is."""
    return list(grouped(_Teller(article)))


def text(article: Article, copy: int) -> Text | None:
    """The text that came with one of the history's copies; None if there is no such copy, or none came with it."""
    teller = _Teller(article)
    place = next((place for place, one in enumerate(teller.turns) if one.pgh_id == copy), None)
    if place is None:
        return None
    turn, before = teller.turns[place], teller.turns[max(place - 1, 0)]
    texts = teller.texts([before, turn])
    until = next((later.pgh_created_at for later in teller.turns[place + 1 :]), None)
    runs = differences.words(texts[before.pgh_id], texts[turn.pgh_id])
    return Text(teller.who(user_of(turn)), turn.pgh_created_at, until, runs)


class _Teller:
    """The copies of an article's row, in order. ``turns`` are those that another text came with."""

    def __init__(self, article: Article) -> None:
        self.events = changes.events("Article", article.pk)
        self.copies: list[Any] = list(self.events.annotate(digest=MD5("text"), length=Length("text")).defer("text"))
        new = (copy for before, copy in pairwise(self.copies) if before.digest != copy.digest)
        self.turns = [*self.copies[:1], *new]
        self.names = Names.of(self.copies, users={user_of(copy) for copy in self.copies})

    def __iter__(self) -> Iterator[tuple[Any, list[Happening]]]:
        short = self.texts([turn for turn in self.turns if turn.length <= LONG])
        if not self.copies:
            return
        first, *later = self.copies
        yield first, [Happening(_("brought the article in"), said=first.title, text_of=first.pgh_id)]
        had = short.get(first.pgh_id, "")
        for before, copy in zip(self.copies, later, strict=False):
            happenings = [rewritten(change) for change in changes.between(before, copy, self.names)]
            if before.digest != copy.digest:
                has = short.get(copy.pgh_id, "")
                happenings.append(_correction(copy, had, has))
                had = has
            yield copy, happenings

    def who(self, user: int | None) -> str:
        return self.names.name(User, user)

    def texts(self, copies: list[Any]) -> dict[int, str]:
        numbers = [copy.pgh_id for copy in copies]
        return dict(self.events.filter(pgh_id__in=numbers).values_list("pgh_id", "text"))


def _correction(copy: Any, had: str, has: str) -> Happening:
    """Which words went and which came; an empty text is one that was too long to be looked at here."""
    runs = differences.shortened(differences.words(had, has), around=160, most=1200) if had and has else []
    return Happening(_("corrected the text"), runs=runs[:MOST_RUNS], text_of=copy.pgh_id)
