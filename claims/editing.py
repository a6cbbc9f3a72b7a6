"""Changing what a claim says, on the desk: under a lock, while it is new or being researched, by who may.

The only writer of a claim's columns, topics, assessment and evidence. Whoever changes a claim holds its row's lock,
so that ``version`` is the same until they are done.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from claims import workflow
from claims.models import Assessment, Claim, Evidence, Topic
from claims.refusals import Refused, refusals_of_database

# What the claim's page asks for, by the rows it is kept in.
CLAIM: tuple[str, ...] = ("article_id", "quote", "form", "wording", "checkability", "speaker_id", "speaker_unknown")
CLAIM += ("position", "relays_id", "stated_on", "stated_on_precision", "stated_on_note", "occasion")
ASSESSMENT = ("rating_id", "summary", "explanation", "needed", "one_source_reason", "notes")
EVIDENCE = ("id", "source_id", "stance", "finding", "locator", "rank")


class Stale(Refused):
    """The claim was changed after the page was opened that this change was made on."""

    def __init__(self) -> None:
        super().__init__("Somebody has changed this claim since you opened it.", rule="claim_version_current")


def version(claim: Claim) -> str:
    """Names what the claim's page says of it: SHA-256, in hexadecimal, of the rows as they are in the database."""
    said = [
        Claim.objects.filter(pk=claim.pk).values_list("workflow_status", *CLAIM),
        claim.topics.through.objects.filter(claim=claim).order_by("topic").values_list("topic"),
        Assessment.objects.filter(claim=claim).values_list(*ASSESSMENT),
        Evidence.objects.filter(claim=claim).order_by("rank", "pk").values_list(*EVIDENCE),
    ]
    text = json.dumps([list(rows) for rows in said], cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def locked(claim: Claim, *, by: User, permission: str = "claims.change_claim", seen: str | None = None) -> Claim:
    """The claim as it is in the database, locked until the transaction ends, if ``by`` may change it now.

    ``seen`` is the version that the change was made on: raises Stale if the claim has another by now.
    """
    if not by.has_perm(permission):
        raise Refused(_("Your role does not allow you to change this."), rule=permission)
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if current.workflow_status not in workflow.EDITABLE:
        message = _("This claim is %(status)s; it can be changed while it is new or being researched.")
        raise Refused(message % {"status": current.get_workflow_status_display()}, rule="claim_editable")
    if seen is not None and seen != version(current):
        raise Stale
    return current


@transaction.atomic
def change(claim: Claim, *, by: User, columns: Iterable[str], topics: Iterable[Topic] | None = None) -> None:
    """Write these columns of a claim, and its topics; raises Refused, ValidationError."""
    locked(claim, by=by)
    claim.full_clean(validate_unique=False)
    with pghistory.context(user=by.pk, reason="change"), refusals_of_database():
        claim.save(update_fields=list(columns))
        if topics is not None:
            claim.topics.set(topics)


@transaction.atomic
def assess(claim: Claim, *, by: User, **fields: Any) -> Assessment:
    """Write the claim's draft verdict; ``by`` becomes its author, and so cannot approve it, if that changes it."""
    locked(claim, by=by, permission="claims.change_assessment")
    assessment = Assessment.objects.filter(claim=claim).first() or Assessment(claim=claim)
    before = [getattr(assessment, name) for name in ASSESSMENT]
    for name, value in fields.items():
        setattr(assessment, name, value)
    author, assessment.author = (assessment.author if assessment.pk else by), by
    assessment.full_clean()
    if assessment.pk and before == [getattr(assessment, name) for name in ASSESSMENT]:
        assessment.author = author
        return assessment
    with pghistory.context(user=by.pk, reason="assess"):
        assessment.save()
    return assessment


@transaction.atomic
def put_evidence(piece: Evidence, *, by: User) -> Evidence:
    """Add a piece of evidence, or write what was changed of one."""
    locked(piece.claim, by=by, permission="claims.change_evidence" if piece.pk else "claims.add_evidence")
    piece.full_clean()
    with pghistory.context(user=by.pk, reason="evidence"):
        piece.save()
    return piece


@transaction.atomic
def remove_evidence(piece: Evidence, *, by: User) -> None:
    locked(piece.claim, by=by, permission="claims.delete_evidence")
    with pghistory.context(user=by.pk, reason="evidence"):
        piece.delete()


@transaction.atomic
def give_topics(claims: Iterable[Claim], *, add: Iterable[Topic] = (), remove: Iterable[Topic] = (), by: User) -> int:
    """Give topics to many claims and take others from them, from all or from none; returns how many claims.

    Raises Refused, naming the first that cannot be changed now.
    """
    if not by.has_perm("claims.change_claim"):
        raise Refused(_("Your role does not allow you to change this."), rule="claims.change_claim")
    chosen = Claim.objects.filter(pk__in=[claim.pk for claim in claims])
    rows = list(chosen.select_for_update().only("wording", "workflow_status").order_by("pk"))
    for claim in rows:
        if claim.workflow_status not in workflow.EDITABLE:
            message = _(
                "“%(claim)s” is %(status)s; a claim’s topics can be changed while it is new or being researched."
            )
            told = {"claim": claim.wording, "status": claim.get_workflow_status_display()}
            raise Refused(message % told, rule="claim_editable")
    given = Claim.topics.through
    with pghistory.context(user=by.pk, reason="topics"):
        wanted = [given(claim=claim, topic=topic) for topic in add for claim in rows]
        given.objects.bulk_create(wanted, ignore_conflicts=True)
        given.objects.filter(claim__in=rows, topic__in=remove).delete()
    return len(rows)
