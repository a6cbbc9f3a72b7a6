"""Changing what a claim says, on the desk: under a lock, while it is new or being researched, by who may."""

from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction

from claims import workflow
from claims.models import Assessment, Claim
from claims.refusals import Refused


@transaction.atomic
def assess(claim: Claim, *, by: User, **fields: Any) -> Assessment:
    """Write the claim's draft verdict; ``by`` becomes its author, and so cannot approve it."""
    locked(claim, by=by, permission="claims.change_assessment")
    assessment = Assessment.objects.filter(claim=claim).first() or Assessment(claim=claim)
    for name, value in fields.items():
        setattr(assessment, name, value)
    assessment.author = by
    assessment.full_clean()
    with pghistory.context(user=by.pk, reason="assess"):
        assessment.save()
    return assessment


def locked(claim: Claim, *, by: User, permission: str = "claims.change_claim") -> Claim:
    """The claim as it is in the database, locked until the transaction ends, if ``by`` may change it now."""
    if not by.has_perm(permission):
        raise Refused("Your role does not allow you to change this.", rule=permission)
    current = Claim.objects.select_for_update().get(pk=claim.pk)
    if current.workflow_status not in workflow.EDITABLE:
        status = current.get_workflow_status_display()
        raise Refused(
            f"This claim is {status}; it can be changed while it is new or being researched.", rule="claim_editable"
        )
    return current
