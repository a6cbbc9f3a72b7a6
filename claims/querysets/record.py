"""Questions asked of the public record: the ledger, and what is projected from it."""

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Func, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from claims.enums import AMENDMENTS, VerificationStatus
from claims.querysets.expressions import AnyOf, Folded, Likeness, Number, Sketch, outer, searched_for


def journal() -> models.QuerySet:
    """The history's copy of each ledger entry, without its document."""
    return apps.get_model("claims", "PublicationEvent").objects.all()


class PublicationQuerySet(models.QuerySet):
    def of(self, claim_id: int) -> "PublicationQuerySet":
        """A claim's versions, oldest first."""
        return self.filter(claim_id=claim_id).order_by("version")

    def newest(self) -> "PublicationQuerySet":
        """The newest version of each claim."""
        later = self.model._default_manager.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def with_journal(self) -> "PublicationQuerySet":
        """Annotate each entry with whether its columns are those it was entered with (``as_entered``)."""
        columns = ("sequence", "claim", "version", "kind", "note", "hash", "written_by", "published_by", "published_at")
        entered = (
            journal()
            .alias(approved=Coalesce("approval_id", 0))
            .filter(pgh_obj=OuterRef("pk"), approved=Coalesce(OuterRef("approval_id"), 0))
            .filter(**{column: OuterRef(column) for column in columns})
        )
        return self.annotate(as_entered=Exists(entered))

    def last_entered(self) -> int:
        """The highest sequence that the history knows of; 0 in an empty ledger."""
        return journal().aggregate(last=Max("sequence"))["last"] or 0

    def amendments(self) -> "PublicationQuerySet":
        """Updates, corrections and retractions, the newest first."""
        return self.filter(kind__in=AMENDMENTS).order_by("-sequence")

    def with_hash_before(self) -> "PublicationQuerySet":
        """Annotate each entry with the hash of the one before it (``hash_before``); None where there is none."""
        before = self.model._default_manager.filter(sequence=OuterRef("sequence") - 1).order_by()
        return self.annotate(hash_before=Subquery(before.values("hash")))

    def with_approver(self) -> "PublicationQuerySet":
        return self.select_related("approval__reviewer")


def _one_with(column: str, speaker_id: Number) -> AnyOf:
    speakers = apps.get_model("claims", "Speaker").objects.one_with(outer(speaker_id))
    return AnyOf(F(column), ArraySubquery(speakers.order_by().values("pk")))


class PublishedClaimQuerySet(models.QuerySet):
    def public(self) -> "PublishedClaimQuerySet":
        """All that was ever published: a retracted claim keeps its page, its history and its reason."""
        return self

    def verdicts(self) -> "PublishedClaimQuerySet":
        """Claims that were checked and rated, and not retracted since."""
        return self.filter(rating__isnull=False).exclude(verification_status=VerificationStatus.RETRACTED)

    def with_document(self) -> "PublishedClaimQuerySet":
        return self.annotate(document=F("publication__document"))

    def made_by(self, speaker_id: Number) -> "PublishedClaimQuerySet":
        """Claims that a speaker made, under whatever name.

        A published document keeps the speaker that it was published with, also when that one is merged into another.
        """
        return self.filter(_one_with("speaker_id", speaker_id))

    def relaying(self, speaker_id: Number) -> "PublishedClaimQuerySet":
        """Claims that pass on a speaker's words, under whatever name."""
        return self.filter(_one_with("relays_id", speaker_id))

    def latest_of(self, speaker_id: Number, number: int) -> "PublishedClaimQuerySet":
        """The latest claims that a speaker made, under whatever name: so many of each name, off the index."""
        names = apps.get_model("claims", "Speaker").objects.one_with(speaker_id)
        latest = ArraySubquery(self.filter(speaker=OuterRef("pk")).order_by("-ordinal").values("pk")[:number])
        found = ArraySubquery(names.order_by().values(found=Func(latest, function="unnest")))
        return self.filter(AnyOf(F("pk"), found)).order_by("-ordinal")

    def alike(self, wording: str, *, at_least: float) -> "PublishedClaimQuerySet":
        """Claims in much the same words, accents and capitals apart, the likest first; from 0 to 1."""
        given = models.Value(wording)
        found = self.alias(sketch=Sketch("wording")).filter(sketch__overlap=Sketch(given))
        # The index finds what may be alike.
        likeness = Likeness(Folded("wording"), Folded(given))
        return found.annotate(likeness=likeness).filter(likeness__gte=at_least).order_by("-likeness")

    def newest_first(self) -> "PublishedClaimQuerySet":
        """By the time of their latest publication."""
        return self.order_by("-publication")


class PublishedVersionQuerySet(models.QuerySet):
    def current(self) -> "PublishedVersionQuerySet":
        """What the record says now."""
        return self.filter(until=None)

    def standing_at(self, sequence: int | models.Expression) -> "PublishedVersionQuerySet":
        """What the record said when its newest entry was ``sequence``: one version of each claim there was."""
        return self.filter(Q(until=None) | Q(until__gt=sequence), pk__lte=sequence)

    def matching(self, words: str | models.Expression) -> "PublishedVersionQuerySet":
        """Versions with these words."""
        return self.filter(search=searched_for(words))
