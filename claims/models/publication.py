"""The public record: the ledger, and the current state of each claim that is read off it."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.enums import AMENDMENTS, PublicationKind, VerificationStatus
from claims.models.article import Article
from claims.models.speaker import Speaker
from claims.querysets import PublicationQuerySet, PublishedClaimQuerySet
from claims.querysets.expressions import Sketch
from sources.models import Publisher

GENESIS = "0" * 64


@pghistory.track(pghistory.InsertEvent(), exclude=["document"])
class Publication(models.Model):
    """One ledger entry. Append-only, gapless and hash-chained: PostgreSQL refuses all else.

    ``document`` is RFC 8785 canonical JSON; ``hash`` is the SHA-256, in lower-case hexadecimal, of the 64
    characters of ``previous_hash`` followed by the document, as UTF-8. The first entry's previous hash is
    sixty-four zeros. The history keeps a second copy of what the hash does not cover.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="publications")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    note = models.TextField(blank=True)
    document = models.TextField()
    content_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    previous_hash = models.CharField(max_length=64, unique=True)
    approval = models.ForeignKey("claims.Review", models.PROTECT, null=True, related_name="publications")
    # Whose assessment it is, by their ids; PostgreSQL fills it in. Empty for a bare listing, which has none.
    written_by = ArrayField(models.BigIntegerField(), default=list)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="publication_version_once"),
            models.CheckConstraint(
                condition=Q(kind__in=PublicationKind.values),
                name="publication_kind_known",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=AMENDMENTS) & ~Q(note="")) | (~Q(kind__in=AMENDMENTS) & Q(note="")),
                name="publication_amendment_has_note",
            ),
        ]
        indexes = [
            models.Index(fields=["published_at", "sequence"], name="publication_by_time"),
            models.Index(fields=["kind", "-sequence"], name="publication_by_kind"),
            models.Index(fields=["-sequence"], name="publication_amendments", condition=Q(kind__in=AMENDMENTS)),
        ]

    def __str__(self) -> str:
        return f"#{self.sequence} {self.get_kind_display()}"


class PublishedClaim(models.Model):
    """A claim's current public state: a projection of the ledger, made and remade by claims.projection.

    It holds what claims are looked up and put in order by; what lists filter by are facets (claims.models.record), and
    the document itself stays in the ledger, in one copy.
    """

    id = models.PositiveBigIntegerField(primary_key=True, help_text="The claim's id.")
    # 1, 2, 3 … in order of first publication, without gaps: a key for cursors that never moves, and a count.
    ordinal = models.PositiveBigIntegerField(unique=True)
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    wording = models.TextField(default="")
    verification_status = models.CharField(max_length=13, choices=VerificationStatus.choices)
    # The slug; null, not an empty one, where no rating was given.
    rating = models.CharField(max_length=40, null=True)  # noqa: DJ001
    article = models.ForeignKey(Article, models.PROTECT, related_name="published_claims")
    outlet = models.ForeignKey(Publisher, models.PROTECT, null=True, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="published_claims")
    relays = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="published_relays")
    topics = ArrayField(models.SlugField(max_length=60), default=list)
    quote_start = models.PositiveIntegerField()
    published_at = models.DateTimeField()

    objects = PublishedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-ordinal"]
        indexes = [
            models.Index(fields=["speaker", "ordinal"], name="published_by_speaker"),
            models.Index(fields=["article", "ordinal"], name="published_by_article"),
            GinIndex(fields=["topics"], name="published_by_topic"),
            GinIndex(Sketch("wording"), name="published_by_sketch"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}-{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("pages:claim", args=[self.pk, self.slug])
