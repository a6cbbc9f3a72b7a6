"""The one door between the desk and the public record: document ▶ publication ▶ published claim."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import checklist, document, ledger, projection, workflow
from claims.enums import Decision, PublicationKind
from claims.enums import WorkflowStatus as S
from claims.models import Claim, Publication, Review
from claims.refusals import Refused, refusals_of_database

PUBLISH = "claims.publish_claim"
LISTABLE = (S.NEW, S.RESEARCHING)


@transaction.atomic
def publish(claim: Claim, *, by: User, kind: str, note: str = "") -> Publication:
    """Publish what was approved as ``kind``; an amendment's ``note`` tells readers what it changes.

    Raises Refused, with nothing changed, where a rule of the workflow or of the ledger forbids it.
    """
    current = workflow.locked(claim, "publish", by=by)
    if (kind, note) != (current.proposed_kind, current.proposed_note):
        message = _("This was approved as a %(kind)s with its note; publish it as that.")
        raise Refused(
            message % {"kind": current.get_proposed_kind_display()},
            rule="publication_of_approved_content",
        )
    reviewed = workflow.check_unchanged(current)
    checklist.demand(current, kind=kind)
    entry = _enter(current, reviewed, kind=kind, note=note, approval=_approval(current), by=by)
    workflow.move(claim, "publish", by=by)
    return entry


@transaction.atomic
def list_claim(claim: Claim, *, by: User, seen: str | None = None) -> Publication:
    """Tell readers that a statement is tracked and not yet checked. Needs no approval, and says nothing more.

    ``seen`` is the content hash of the listing that this was decided on: refused if it is another by now.
    """
    current = Claim.objects.locked_for_document(claim.pk)
    check_can_be_listed(current, by=by)
    told = document.bare_content(current)
    if seen is not None and seen != document.content_hash(told):
        raise Refused(
            _("What would be listed was changed after you opened this page. Read what it says now."),
            rule="listing_of_seen_content",
        )
    checklist.demand_for_bare_listing(current)
    return _enter(current, told, kind=PublicationKind.LISTING, note="", approval=None, by=by)


def check_can_be_listed(claim: Claim, *, by: User) -> None:
    """Refuse a listing that is not open to ``by``, or not with the claim where it is now."""
    if not by.has_perm(PUBLISH):
        raise Refused(_("Your role does not allow you to list a claim."), rule=PUBLISH)
    if claim.workflow_status not in LISTABLE:
        raise Refused(_("Only a claim that is new or being researched can be listed."), rule="claim_workflow_moves")
    workflow.check_kind(claim, PublicationKind.LISTING, "")


def just_listed(claim: Claim, *, by: User) -> bool:
    """Whether ``by`` has listed it within the last minute, as whoever presses a button twice has."""
    last, since = Publication.objects.of(claim.pk).last(), timezone.now() - workflow.A_MOMENT
    return last is not None and not last.approval_id and last.published_by_id == by.pk and last.published_at > since


def _approval(claim: Claim) -> Review:
    return Review.objects.filter(claim=claim, decision=Decision.APPROVED, content_hash=claim.submitted_hash).latest(
        "pk"
    )


def _enter(
    claim: Claim, reviewed: dict[str, Any], *, kind: str, note: str, approval: Review | None, by: User
) -> Publication:
    with pghistory.context(user=by.pk, step="publish", reason=note), refusals_of_database():
        head = ledger.lock()
        last = Publication.objects.of(claim.pk).last()
        doc = document.document(
            claim,
            reviewed,
            version=last.version + 1 if last else 1,
            kind=kind,
            note=note,
            at=max(datetime.now(UTC), head.published_at) if head else datetime.now(UTC),
            previous=orjson.loads(last.document) if last else None,
        )
        entry = ledger.append(head, claim, doc, kind=kind, note=note, approval=approval, by=by)
        projection.project(entry)
    return entry
