"""The public record over time, read off the ledger: what stood when, and what each entry can be found by."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from claims.models.publication import Publication
from claims.querysets import PublishedVersionQuerySet

BLOCK = 2**16


class PublishedVersion(models.Model):
    """A claim as one ledger entry told it, from that entry until the one that superseded it.

    Its key is the entry's sequence. Like PublishedClaim, it is made and remade by claims.projection.
    """

    publication = models.OneToOneField(Publication, models.PROTECT, primary_key=True, related_name="standing")
    claim = models.PositiveBigIntegerField(help_text="The claim's id.")
    version = models.PositiveIntegerField()
    previous = models.PositiveBigIntegerField(null=True, help_text="The entry that this one superseded.")
    until = models.PositiveBigIntegerField(null=True, help_text="The entry that superseded this one.")
    claims = models.PositiveBigIntegerField(help_text="How many claims the record had with this entry.")
    # The first day that the statement may be of, and of an unknown date the first day there is: a key to order by.
    stated = models.DateField()
    words = models.TextField()
    search = models.GeneratedField(
        expression=Func(F("words"), function="claims_search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublishedVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-publication"]
        constraints = [models.UniqueConstraint(fields=["claim", "version"], name="published_version_once")]
        indexes = [
            models.Index(fields=["stated", "publication"], name="published_version_by_stated"),
            models.Index(fields=["publication"], name="published_version_current", condition=Q(until=None)),
            GinIndex(fields=["search"], name="published_version_by_words"),
            models.Index(
                fields=["previous"],
                include=["publication"],
                condition=Q(previous__isnull=False),
                name="published_version_by_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Facet(models.Model):
    """Which ledger entries say one thing, such as that the rating is “true” or the month 2022-07.

    ``entries`` is a Roaring bitmap of their sequences, in the portable format, of one ``block`` of ``BLOCK`` sequences:
    what is written anew with a publication is 8 kB at most. Entries are never rewritten, so bits are only ever added;
    but for the one kind "superseded", no facet changes when a claim is published again.
    """

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300, db_collation="C")
    block = models.PositiveIntegerField()
    entries = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value", "block"], name="facet_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class RecordState(models.Model):
    """One row, which changes with every commit that changes anything readers or partners can see.

    Written by triggers (0011_record_state.sql) and by nothing else. What was made of one ``version`` is good as long
    as that is the version.
    """

    version = models.PositiveBigIntegerField(help_text="Never the same twice, and ever higher.")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="record_state_is_one")]

    def __str__(self) -> str:
        return str(self.version)
