"""Questions asked of the words that the public record has."""

from django.db import connection, models
from django.db.models import F, Q, Value

from claims.querysets.expressions import Folded, Likeness, Nearness, Overlapping, Stem, TrigramAlike

MOST = 50


class WordQuerySet(models.QuerySet):
    def enter(self, first: int, last: int) -> None:
        """Count the words of the ledger entries with these sequences and those between. Have the ledger locked."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT claims_enter_words(%s, %s)", [first, last])

    def found_by(self, term: str) -> "WordQuerySet":
        """Words that a search for the term finds: English endings do not matter."""
        return self.annotate(stem=Stem("word")).filter(stem=Stem(Folded(Value(term))))

    def near(self, term: str) -> "WordQuerySet":
        """Words that may have been meant by a term, the likest first, each with that term folded (``asked``)."""
        asked, own = Folded(Value(term)), F("word")
        near = Q(Overlapping(Nearness("word"), Nearness(asked))) | Q(TrigramAlike(own, asked))
        likest = self.filter(near).annotate(asked=asked, likeness=Likeness(own, asked))
        return likest.order_by("-likeness", "-entries")[:MOST]
