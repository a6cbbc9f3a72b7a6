"""Questions asked of the desk's claims."""

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser as User
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from claims.enums import INTACT, Decision, WorkflowStatus
from claims.querysets.expressions import AnyOf
from claims.querysets.record import journal

ONGOING = [WorkflowStatus.NEW, WorkflowStatus.RESEARCHING, WorkflowStatus.IN_REVIEW, WorkflowStatus.APPROVED]
SPEAKERS = 200  # of one name, more than which nobody means
BEFORE_A_WORD = (" ", "\n", "(", "“", "‘", "«", '"', "'", "-", "/")


def _has(column: str, word: str) -> Q:
    """Whether there is a word in a column, asked so that its index of trigrams can answer.

    One or two letters make no trigram, but do so together with the beginning of a word, which is what is asked for
    then; not of scripts that have no capitals, since they may have no spaces either.
    """
    if len(word) > 2 or not all(sign.isascii() or sign.upper() != sign.lower() for sign in word):
        return Q(**{f"{column}__icontains": word})
    found = Q(**{f"{column}__istartswith": word})
    for sign in BEFORE_A_WORD:
        found |= Q(**{f"{column}__icontains": sign + word})
    return found


def _written_by(user: User) -> Exists | Q:
    """Whether a user is one of a claim's authors, as PostgreSQL's claims_authors has it, for many claims at once."""
    published = journal().filter(claim=OuterRef("claim")).exclude(kind="listing")
    last = published.order_by("-version").values("pgh_created_at")[:1]
    written = apps.get_model("claims", "AssessmentEvent").objects.filter(claim=OuterRef("pk"), author=user)
    return Q(assessment__author=user) | Q(
        Exists(written.alias(last=Subquery(last)).filter(Q(last=None) | Q(pgh_created_at__gte=F("last"))))
    )


def _asked() -> Subquery:
    """What a reviewer asked to be changed of a claim, if that is what came of its last submission."""
    asked = apps.get_model("claims", "Review").objects.filter(
        claim=OuterRef("pk"), decision=Decision.CHANGES_REQUESTED, created_at__gte=OuterRef("submitted_at")
    )
    return Subquery(asked.order_by("-pk").values("comment")[:1])


class ClaimQuerySet(models.QuerySet):
    def ongoing(self) -> "ClaimQuerySet":
        """Claims that somebody still has to work on."""
        return self.filter(workflow_status__in=ONGOING)

    def assigned_to(self, user: User) -> "ClaimQuerySet":
        """Ongoing claims that are this person's, those that are due first on top."""
        return self.ongoing().filter(assignee=user).order_by(F("due_on").asc(nulls_last=True), "-pk")

    def reviewable_by(self, user: User) -> "ClaimQuerySet":
        """Claims in review that this person neither wrote nor submitted, the longest waiting first."""
        waiting = self.filter(workflow_status=WorkflowStatus.IN_REVIEW).exclude(submitted_by=user)
        return waiting.exclude(_written_by(user)).order_by("submitted_at", "pk")

    def returned_to(self, user: User) -> "ClaimQuerySet":
        """Claims that a reviewer sent back to this person, the longest waiting first."""
        mine = self.filter(Q(assignee=user) | Q(submitted_by=user), workflow_status=WorkflowStatus.RESEARCHING)
        return mine.alias(asked=_asked()).exclude(asked=None).order_by("submitted_at", "pk")

    def ready_to_publish(self) -> "ClaimQuerySet":
        """Approved claims, the longest waiting first."""
        return self.filter(workflow_status=WorkflowStatus.APPROVED).order_by("submitted_at", "pk")

    def overdue(self, today: date) -> "ClaimQuerySet":
        """Ongoing claims that were due before ``today``, the oldest first."""
        return self.ongoing().filter(due_on__lt=today).order_by("due_on", "pk")

    def mine_first(self, user: User) -> "ClaimQuerySet":
        return self.order_by(models.Case(models.When(assignee=user, then=0), default=1), *self.query.order_by)

    def adrift(self) -> "ClaimQuerySet":
        """Claims whose words are not known to stand in their article."""
        return self.exclude(anchor__in=INTACT).exclude(workflow_status=WorkflowStatus.DROPPED).order_by("-pk")

    def for_list(self) -> "ClaimQuerySet":
        """Claims with what a line about one says."""
        related = ("article__outlet", "speaker", "assignee", "assessment__rating")
        unsaid = ("article__text", "assessment__explanation", "assessment__notes", "assessment__needed")
        return self.select_related(*related).defer("quote_prefix", "quote_suffix", "proposed_note", *unsaid)

    def for_desk(self, user: User) -> "ClaimQuerySet":
        """Claims as in ``for_list``, with what was ``asked`` for and whether ``user`` has ``had_a_hand`` in one."""
        had_a_hand = Coalesce(Q(submitted_by=user) | _written_by(user), False, output_field=models.BooleanField())
        return self.for_list().annotate(asked=_asked(), had_a_hand=had_a_hand)

    def with_words(self, words: str) -> "ClaimQuerySet":
        """Claims with these words in their wording, in their quote or in their speaker's name.

        A word of three letters or more is found within longer ones; a shorter one at the beginning of a word.
        """
        speakers = apps.get_model("claims", "Speaker").objects.order_by()
        said_by = ArraySubquery(speakers.filter(_has("name", words)).values("pk")[:SPEAKERS])
        return self.filter(Q(_has("wording", words)) | Q(_has("quote", words)) | Q(AnyOf(F("speaker_id"), said_by)))

    def for_document(self) -> "ClaimQuerySet":
        """Claims with everything that their documents hold."""
        return self.select_related(
            "article__outlet",
            "speaker",
            "relays",
            "assessment__rating",
            "assessment__author",
        ).prefetch_related("topics", "evidence__source__publisher", "contacts")

    def locked_for_document(self, pk: int) -> Any:
        """A claim with everything that its document holds, locked until the transaction ends."""
        # Locked first, and read then: a query that joins and locks at once, and had to wait, would give what was
        # joined before the wait, and so nothing where the claim has since come to name another speaker.
        self.select_for_update().only("pk").get(pk=pk)
        return self.for_document().get(pk=pk)
