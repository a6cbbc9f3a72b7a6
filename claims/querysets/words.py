"""Questions asked of the words that the public record has."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models import F, Q, TextField, Value

from claims.querysets.expressions import Folded, Likeness, Nearness, Overlapping, Stem, TrigramAlike

MOST = 50


class WordQuerySet(models.QuerySet):
    def enter(self, first: int, last: int) -> None:
        """Count the words of the ledger entries with these sequences and those between. Have the ledger locked."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT claims_enter_words(%s, %s)", [first, last])

    def finding(self, terms: Iterable[str]) -> set[str]:
        """Those of the terms that a search finds something by: English endings do not matter."""
        stemmed = self.annotate(stem=Stem("word"))
        found = [stemmed.filter(stem=Stem(Folded(_text(term)))).values_list(_text(term))[:1] for term in terms]
        return {term for (term,) in _all(found)}

    def near(self, terms: Iterable[str]) -> Iterable[tuple[str, str, str, int]]:
        """Words that may have been meant by each term: (term, the same folded, word, entries), the likest of each."""
        return _all([self._near(_text(term)) for term in terms])

    def _near(self, term: Value) -> models.QuerySet:
        asked, own = Folded(term), F("word")
        near = Q(Overlapping(Nearness("word"), Nearness(asked))) | Q(TrigramAlike(own, asked))
        likest = self.filter(near).order_by(Likeness(own, asked).desc(), "-entries")
        return likest.values_list(term, asked, "word", "entries")[:MOST]


def _text(term: str) -> Value:
    return Value(term, TextField())


def _all(parts: list[models.QuerySet]) -> Iterable[tuple]:
    return parts[0].union(*parts[1:], all=True) if parts else ()
