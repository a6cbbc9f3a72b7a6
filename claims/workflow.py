"""The desk's steps: who may take each, from where, to where. The only writer of a claim's workflow status.

PostgreSQL keeps the same transition table and the two-person rule (migrations/0003_rules.sql); what is checked
here besides is permission, and what people are told.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pghistory
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import checklist, document, notices
from claims.enums import AMENDMENTS, Decision, PublicationKind
from claims.enums import WorkflowStatus as S
from claims.models import Claim, Review
from claims.refusals import Refused, refusals_of_database


@dataclass(frozen=True)
class Step:
    """One row of the transition table; whoever has one of the permissions may take the step."""

    sources: tuple[S, ...]
    target: S
    permissions: tuple[str, ...]

    def is_open_to(self, user: User) -> bool:
        return any(user.has_perm(permission) for permission in self.permissions)


STEPS = {
    "research": Step((S.NEW,), S.RESEARCHING, ("claims.research_claim",)),
    "submit": Step((S.RESEARCHING,), S.IN_REVIEW, ("claims.submit_claim",)),
    "request_changes": Step((S.IN_REVIEW,), S.RESEARCHING, ("claims.review_claim",)),
    "approve": Step((S.IN_REVIEW,), S.APPROVED, ("claims.review_claim",)),
    # A publisher too: what was approved and then changed can only go back.
    "take_back": Step((S.IN_REVIEW, S.APPROVED), S.RESEARCHING, ("claims.submit_claim", "claims.publish_claim")),
    "publish": Step((S.APPROVED,), S.PUBLISHED, ("claims.publish_claim",)),
    "reopen": Step((S.PUBLISHED,), S.RESEARCHING, ("claims.reopen_claim",)),
    "drop": Step((S.NEW, S.RESEARCHING, S.IN_REVIEW, S.APPROVED), S.DROPPED, ("claims.drop_claim",)),
}
BARRED = {
    "research": gettext_lazy("Your role does not allow you to start research on a claim."),
    "submit": gettext_lazy("Your role does not allow you to submit a claim."),
    "request_changes": gettext_lazy("Your role does not allow you to request changes to a claim."),
    "approve": gettext_lazy("Your role does not allow you to approve a claim."),
    "take_back": gettext_lazy("Your role does not allow you to take back a claim."),
    "publish": gettext_lazy("Your role does not allow you to publish a claim."),
    "reopen": gettext_lazy("Your role does not allow you to reopen a claim."),
    "drop": gettext_lazy("Your role does not allow you to drop a claim."),
}


EDITABLE = (S.NEW, S.RESEARCHING)
A_MOMENT = timedelta(minutes=1)


def steps_open_to(claim: Claim, user: User) -> list[str]:
    """The steps that ``user`` may take with the claim as it is now, by name."""
    return [name for name, step in STEPS.items() if claim.workflow_status in step.sources and step.is_open_to(user)]


@transaction.atomic
def research(claim: Claim, *, by: User) -> None:
    """Start research; a claim that is nobody's becomes that of whoever starts."""
    move(claim, "research", by=by, assignee=Coalesce("assignee", Value(by.pk)))


@transaction.atomic
def submit(claim: Claim, *, by: User, kind: str, note: str = "") -> None:
    """Hand the claim to review, to be published as ``kind``; an amendment says in ``note`` what it changes."""
    current = locked(claim, "submit", by=by)
    check_kind(current, kind, note)
    checklist.demand(current, kind=kind)
    reviewed = document.content(current, kind=kind)
    move(
        claim,
        "submit",
        by=by,
        submitted_by=by,
        submitted_at=Now(),
        submitted_hash=document.content_hash(reviewed),
        reason=note,
        proposed_kind=kind,
        proposed_note=note,
    )


@transaction.atomic
def approve(claim: Claim, *, by: User, comment: str = "") -> Review:
    """Approve exactly what was submitted; refused to its author and submitter, and if it changed since."""
    current = locked(claim, "approve", by=by)
    check_may_approve(current, by)
    check_unchanged(current)
    review = _review(current, Decision.APPROVED, by=by, comment=comment)
    move(claim, "approve", by=by, reason=comment)
    return review


@transaction.atomic
def request_changes(claim: Claim, *, by: User, comment: str) -> Review:
    """Send the claim back to research; ``comment`` says what is to change."""
    current = locked(claim, "request_changes", by=by)
    if not comment.strip():
        raise Refused(_("Say in the comment what should change."), rule="review_changes_say_why")
    review = _review(current, Decision.CHANGES_REQUESTED, by=by, comment=comment)
    move(claim, "request_changes", by=by, reason=comment)
    notices.returned(claim, by=by, comment=comment)
    return review


@transaction.atomic
def take_back(claim: Claim, *, by: User, reason: str = "") -> None:
    """Take a claim back from review, or from approval, to research; its reviews stand on the record."""
    move(claim, "take_back", by=by, reason=reason)


@transaction.atomic
def reopen(claim: Claim, *, by: User, kind: str = "", note: str = "") -> None:
    """Take a published claim back to research; readers see no change until it is published anew.

    ``kind`` and ``note`` propose what as; without a kind that is said when it is submitted. It was due for the
    publication before: when it is due now is for people to say.
    """
    current = locked(claim, "reopen", by=by)
    if kind or note:
        check_kind(current, kind, note)
    move(claim, "reopen", by=by, reason=note, proposed_kind=kind, proposed_note=note, due_on=None)


@transaction.atomic
def drop(claim: Claim, *, by: User, reason: str = "") -> None:
    """Stop work on a claim that readers cannot see."""
    check_not_public(locked(claim, "drop", by=by))
    move(claim, "drop", by=by, reason=reason)


def locked(claim: Claim, name: str, *, by: User) -> Claim:
    """The claim as it is in the database, locked, with the step's status and permission checked."""
    current = Claim.objects.locked_for_document(claim.pk)
    check_step(current, name, by=by)
    return current


def check_step(claim: Claim, name: str, *, by: User) -> None:
    step = STEPS[name]
    check_role(name, by=by)
    if claim.workflow_status not in step.sources:
        wanted = _(" or ").join(str(source.label) for source in step.sources)
        message = _("This claim is %(status)s; only a claim that is %(wanted)s can take this step.")
        told = {"status": claim.get_workflow_status_display(), "wanted": wanted}
        raise Refused(message % told, rule="claim_workflow_moves")


def check_role(name: str, *, by: User) -> None:
    step = STEPS[name]
    if not step.is_open_to(by):
        raise Refused(str(BARRED[name]), rule=step.permissions[0])


def move(claim: Claim, name: str, *, by: User, reason: str = "", **fields: Any) -> None:
    """Change the status, if it still is what the step starts from; records who and why."""
    step = STEPS[name]
    check_role(name, by=by)
    with pghistory.context(user=by.pk, step=name, reason=reason), refusals_of_database():
        moved = Claim.objects.filter(pk=claim.pk, workflow_status__in=step.sources).update(
            workflow_status=step.target, **fields
        )
    if not moved:
        check_step(Claim.objects.only("workflow_status").get(pk=claim.pk), name, by=by)
        raise Refused(_("Somebody else has just moved this claim. Look again."), rule="claim_workflow_moves")
    claim.refresh_from_db()


def just_taken(claim: Claim, name: str, *, by: User, reason: str = "") -> bool:
    """Whether ``by`` has taken this step within the last minute, and said the same, as whoever presses twice has."""
    events = apps.get_model("claims", "ClaimEvent").objects.filter(pgh_obj=claim.pk).select_related("pgh_context")
    last = events.filter(pgh_created_at__gt=timezone.now() - A_MOMENT).order_by("pgh_id").last()
    context = last.pgh_context.metadata if last and last.pgh_context else {}
    return (context.get("user"), context.get("step"), context.get("reason")) == (by.pk, name, reason)


def possible_kinds(claim: Claim) -> list[PublicationKind]:
    """What the claim's next publication can be, given the ones before."""
    before = checklist.kinds_before(claim)
    if not before:
        return [PublicationKind.VERDICT, PublicationKind.LISTING]
    verdict = [PublicationKind.VERDICT] if checklist.can_be_verdict(before) else []
    return [*verdict, *AMENDMENTS]


def check_kind(claim: Claim, kind: str, note: str) -> None:
    possible = possible_kinds(claim)
    if kind not in possible:
        names = ", ".join(str(k.label) for k in possible)
        message = _("The next publication of this claim can be: %(names)s.") % {"names": names}
        raise Refused(message, rule="publication_kind_in_order")
    told = {"kind": PublicationKind(kind).label}
    if kind in AMENDMENTS and not note.strip():
        message = _("Readers are told what the %(kind)s changes: write the note.") % told
        raise Refused(message, rule="publication_amendment_has_note")
    if kind not in AMENDMENTS and note.strip():
        message = _("This %(kind)s changes nothing that was public, so it has no note.") % told
        raise Refused(message, rule="publication_amendment_has_note")


def is_public(claim: Claim) -> bool:
    """Whether readers see the claim, and not as one that was retracted."""
    return checklist.kinds_before(claim)[-1:] not in ([], [PublicationKind.RETRACTION])


def check_not_public(claim: Claim) -> None:
    if is_public(claim):
        raise Refused(
            _(
                "Readers can see this claim, so it is not dropped but retracted: submit it for review as a retraction, "
                "with a note that tells them why."
            ),
            rule="claim_dropped_unpublished",
        )


def check_may_approve(claim: Claim, user: User) -> None:
    """Two-person rule: refuse the assessment's authors and the one who submitted it."""
    if user.pk in authors(claim):
        raise Refused(_("You wrote this assessment; somebody else approves it."), rule="review_approver_is_not_author")
    if claim.submitted_by_id == user.pk:
        raise Refused(
            _("You submitted this claim; somebody else approves it."), rule="review_approver_is_not_submitter"
        )


def authors(claim: Claim) -> set[int]:
    """Who wrote the claim's assessment, by id: its last author, and all who changed it since its last verdict."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_authors(%s)", [claim.pk])
        return {author for (author,) in cursor.fetchall()}


def check_unchanged(claim: Claim) -> dict[str, Any]:
    """The reviewed part as it is now, if it is still what was submitted."""
    reviewed = document.content(claim, kind=claim.proposed_kind)
    if document.content_hash(reviewed) != claim.submitted_hash:
        raise Refused(
            _(
                "This claim, or a source, speaker or article it names, was changed after it was submitted. "
                "Take it back to research and submit it again."
            ),
            rule="review_of_submitted_content",
        )
    return reviewed


def _review(claim: Claim, decision: Decision, *, by: User, comment: str) -> Review:
    with pghistory.context(user=by.pk), refusals_of_database():
        return Review.objects.create(
            claim=claim, content_hash=claim.submitted_hash, decision=decision, comment=comment, reviewer=by
        )
