from django.contrib.postgres.indexes import GinIndex
from django.db import models

from claims.querysets import TopicQuerySet
from claims.querysets.expressions import Searched
from sources.fields import LineField
from sources.history import with_history


@with_history
class Topic(models.Model):
    """What a claim is about (schema.org about)."""

    slug = models.SlugField(max_length=60, unique=True)
    name = LineField(max_length=100, unique=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(Searched("name"), name="topic_by_words")]

    def __str__(self) -> str:
        return self.name
