"""The words that the public record can be searched for."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F

from claims.querysets import WordQuerySet
from claims.querysets.expressions import Nearness, Stem

# Letters; what is longer is hardly a word that somebody types.
LONGEST = 40


class Word(models.Model):
    """One word, without accents and capitals, and how many ledger entries have it. Made by claims.projection.

    Words of one or two letters, and what has digits in it, are not among them: nobody can say what was meant.
    """

    word = models.CharField(max_length=LONGEST, primary_key=True, db_collation="C")
    entries = models.PositiveBigIntegerField()

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(Stem("word"), name="word_by_stem"),
            # What would wait to be put into these would be looked through by every search meanwhile.
            GinIndex(Nearness("word"), name="word_by_nearness", fastupdate=False),
            GinIndex(OpClass(F("word"), name="gin_trgm_ops"), name="word_by_trigrams", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.word
