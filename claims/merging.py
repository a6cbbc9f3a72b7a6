"""When two speakers turn out to be one: the desk's claims follow, and the public record keeps what it said."""

from dataclasses import dataclass

import pghistory
from django.contrib.auth.models import User
from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.enums import WorkflowStatus as S
from claims.models import Claim, Speaker
from claims.querysets import ClaimQuerySet, SpeakerQuerySet
from claims.refusals import Refused

MERGE = "claims.merge_speaker"
AWAITING = (S.IN_REVIEW, S.APPROVED)
LIKENESS = 0.35
# Mergers wait for one another, so that none builds on what another is undoing. The number is this lock's alone.
ONE_AT_A_TIME = 4170551787


@dataclass(frozen=True)
class Merger:
    """What merging ``speaker`` into ``into`` would do. Nothing is done until ``merge``."""

    speaker: Speaker
    into: Speaker

    @property
    def moved(self) -> ClaimQuerySet:
        """The desk's claims that would name the other speaker."""
        return Claim.objects.filter(Q(speaker=self.speaker) | Q(relays=self.speaker))

    @property
    def relays_dropped(self) -> ClaimQuerySet:
        """Claims that would have somebody pass on their own words, and so will name nobody whose words they are."""
        pair = [self.speaker, self.into]
        return self.moved.filter(speaker__in=pair, relays__in=pair)

    @property
    def voided(self) -> ClaimQuerySet:
        """Claims in review or approved that would say other than what was submitted, and so must go back."""
        changed = Q(speaker=self.speaker) | Q(relays=self.speaker)
        if self.addresses != self.into.same_as:
            changed |= Q(speaker=self.into) | Q(relays=self.into)
        return Claim.objects.filter(changed, workflow_status__in=AWAITING)

    @property
    def addresses(self) -> list[str]:
        """What says who the remaining speaker is: its own addresses, then those of the other."""
        return list(dict.fromkeys([*self.into.same_as, *self.speaker.same_as]))

    def check(self, by: User) -> None:
        """Raise Refused if this may not be done, or not by ``by``."""
        if not by.has_perm(MERGE):
            raise Refused(_("Your role does not allow you to merge speakers."), rule=MERGE)
        if self.speaker.pk == self.into.pk:
            raise Refused(_("A speaker cannot be merged into itself."), rule="speaker_not_merged_into_itself")
        for gone in (self.speaker, self.into):
            if gone.merged_into:
                message = _("“%(gone)s” was already merged into “%(into)s”: take that one.")
                told = {"gone": gone.name, "into": gone.merged_into.name}
                raise Refused(message % told, rule="speaker_merged_once")


@transaction.atomic
def merge(speaker: Speaker, into: Speaker, *, by: User) -> Speaker:
    """Make ``speaker`` a redirect to ``into``, and the desk's claims name that one; returns it.

    Published documents stay as they are. Claims in review or approved no longer are what was submitted.
    Raises Refused, with nothing changed, where that may not be.
    """
    take_turns()
    merger, claims = _held(speaker, into)
    merger.check(by)
    with pghistory.context(user=by.pk, step="merge", speaker=speaker.pk, into=into.pk):
        _move_claims(merger, claims)
        Speaker.objects.filter(merged_into=speaker).update(merged_into=into)
        merger.into.same_as = merger.addresses
        merger.into.save(update_fields=["same_as"])
        merger.speaker.merged_into = merger.into
        merger.speaker.save(update_fields=["merged_into"])
    return merger.into


def take_turns() -> None:
    """Wait until nobody else merges speakers or imports claims, and keep them waiting until the transaction ends.

    For who comes to hold several speakers one by one, as each claim of an import does: in another order than a merger.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def _held(speaker: Speaker, into: Speaker) -> tuple[Merger, set[int]]:
    """The two as they are in the database, and the claims to be moved, by id, all locked until the transaction ends.

    The claims come first: who edits one has locked it when PostgreSQL looks at its speakers. If others came to name
    the speaker before nobody could any more, everything is let go and looked up anew.
    """
    # Not the rows' keys: a publication that refers to these speakers does not wait for us while we wait for its claim.
    locked = Speaker.objects.select_for_update(of=("self",), no_key=True).select_related("merged_into")
    while True:
        before = transaction.savepoint()
        moved = Merger(speaker, into).moved.only("pk").order_by("pk")
        claims = {claim.pk for claim in moved.select_for_update(no_key=True)}
        found = {one.pk: one for one in locked.filter(pk__in=[speaker.pk, into.pk]).order_by("pk")}
        if not {speaker.pk, into.pk} <= found.keys():
            raise Refused(_("One of these speakers has just been deleted."), rule="speaker_is_there")
        if claims >= {claim.pk for claim in moved}:
            transaction.savepoint_commit(before)
            return Merger(found[speaker.pk], found[into.pk]), claims
        transaction.savepoint_rollback(before)


def _move_claims(merger: Merger, claims: set[int]) -> None:
    locked = Claim.objects.filter(pk__in=claims)
    dropped = list(merger.relays_dropped.filter(pk__in=claims).values_list("pk", flat=True))
    locked.filter(pk__in=dropped).update(relays=None)
    locked.filter(speaker=merger.speaker).update(speaker=merger.into)
    locked.filter(relays=merger.speaker).update(relays=merger.into)


def likely_doubles(speaker: Speaker, *, most: int = 8) -> SpeakerQuerySet:
    """Other current speakers whose names are much like this one's, the likest first."""
    likeness = TrigramSimilarity("name", speaker.name)
    others = Speaker.objects.current().exclude(pk=speaker.pk).annotate(likeness=likeness)
    return others.filter(likeness__gte=LIKENESS).order_by("-likeness", "pk")[:most]
