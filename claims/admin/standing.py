"""Where a claim stands, and its one next step: the box at the top of its page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import document, workflow
from claims.admin import desk_steps, discussion
from claims.admin.reviewed import anchors_address, checks, people, validity
from claims.enums import PublicationKind
from claims.enums import WorkflowStatus as S
from claims.models import Claim, Publication
from claims.people import may_take

# The way forward from each status, and who goes it.
FORWARD = {
    S.NEW: "research",
    S.RESEARCHING: "submit",
    S.IN_REVIEW: "approve",
    S.APPROVED: "publish",
    S.PUBLISHED: "check",
}
WHO: dict[str, Promise] = {
    S.NEW: _("Next: a researcher starts research."),
    S.RESEARCHING: _("Next: a researcher submits it for review."),
    S.IN_REVIEW: _("Next: a reviewer approves it or asks for changes."),
    S.APPROVED: _("Next: a publisher publishes it."),
    S.PUBLISHED: _("It is published. It is changed by a correction, an update or a retraction."),
    S.DROPPED: _("Work on it has ended."),
}
REVIEW_STEPS = ("approve", "request-changes")


def standing(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The context of templates/admin/claims/claim/_standing.html."""
    claim = Claim.objects.for_document().select_related("assignee", "submitted_by").get(pk=claim.pk)
    valid = validity(claim)
    proposed = claim.proposed_kind if claim.workflow_status != S.PUBLISHED else ""
    shows_checks = claim.workflow_status not in (S.PUBLISHED, S.DROPPED)
    return {
        "claim": claim,
        "who_is_next": WHO[claim.workflow_status],
        "may_take": may_take(claim, request.user),
        "proposed": PublicationKind(proposed) if proposed else None,
        "reviews": claim.reviews.select_related("reviewer"),
        "publications": Publication.objects.of(claim.pk).select_related("published_by").defer("document"),
        "public_address": reverse("pages:claim", args=[claim.pk, document.slug(claim.wording)]),
        "anchors_address": anchors_address(claim),
        "is_retracted_not_dropped": shows_checks and workflow.is_public(claim),
        **(checks(claim) if shows_checks else {}),
        **valid,
        **people(claim),
        **_steps(request, claim, void=valid["void"]),
        **discussion.talk(request, claim),
    }


def _steps(request: HttpRequest, claim: Claim, *, void: bool) -> dict[str, Any]:
    """The one next step, if it is this person's, what else they can do, and why they may not approve."""
    found = dict(desk_steps.steps_for(claim, request.user))
    forward = "take-back" if void else FORWARD.get(claim.workflow_status, "")
    barred = desk_steps.refusal("approve", claim, request.user) if "approve" in found else ""
    buttons = {name: (label, _address(claim, name)) for name, label in found.items() if name not in REVIEW_STEPS}
    if "approve" in found:
        buttons["approve"] = (_("Review"), reverse("admin:claims_claim_review", args=[claim.pk]))
    first = buttons.pop(forward, None) if not (forward == "approve" and barred) else None
    return {
        "steps": list(found.items()),
        "next_step": first,
        "other_steps": list(buttons.values()),
        "barred": barred,
        "may_edit": claim.workflow_status in workflow.EDITABLE and request.user.has_perm("claims.change_claim"),
    }


def _address(claim: Claim, name: str) -> str:
    return reverse("admin:claims_claim_step", args=[claim.pk, name])
