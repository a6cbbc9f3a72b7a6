"""The workflow's steps as the desk offers them: what each is called, says, asks and shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import publishing, workflow
from claims.admin.step_forms import ChangesForm, CommentForm, NoteForm, ReasonForm, StepForm, SubmitForm
from claims.enums import PublicationKind
from claims.models import Claim, Publication
from claims.refusals import Refused


@dataclass(frozen=True)
class DeskStep:
    """A button: the workflow step behind it, what it will do, what it asks, and the one function that takes it.

    ``shows`` is empty, or "document" where what will be published is read first, "listing" where that is the bare
    listing, or "checks" where what is missing is.
    """

    step: str
    label: Promise
    explanation: Promise
    form: type[StepForm]
    take: Callable[..., Any]
    shows: str = ""
    kind: str = ""


def _publish(claim: Claim, *, by: User) -> Publication:
    return publishing.publish(claim, by=by, kind=claim.proposed_kind, note=claim.proposed_note)


def _reopening(kind: PublicationKind, label: Promise, explanation: Promise, form: type[StepForm]) -> DeskStep:
    def take(claim: Claim, *, by: User, note: str = "") -> None:
        workflow.reopen(claim, by=by, kind=kind, note=note)

    return DeskStep("reopen", label, explanation, form, take, kind=kind)


DESK_STEPS = {
    "research": DeskStep(
        "research",
        _("Start research"),
        _(
            "The claim is marked as being researched: its evidence and its assessment are collected. Readers "
            "see nothing."
        ),
        StepForm,
        workflow.research,
    ),
    "submit": DeskStep(
        "submit",
        _("Submit for review"),
        _("A second person reads exactly what would be published. Until they decide, nothing of it can be changed."),
        SubmitForm,
        workflow.submit,
        shows="checks",
    ),
    "approve": DeskStep(
        "approve",
        _("Approve"),
        _(
            "You vouch for the document on this page, exactly as it stands here. It can then be published, and "
            "nothing else."
        ),
        CommentForm,
        workflow.approve,
        shows="document",
    ),
    "request-changes": DeskStep(
        "request_changes",
        _("Request changes"),
        _("The claim goes back to research, and whoever submitted it is told why."),
        ChangesForm,
        workflow.request_changes,
        shows="document",
    ),
    "publish": DeskStep(
        "publish",
        _("Publish"),
        _(
            "The document on this page goes into the public record at once and for good: it can be corrected, "
            "never rewritten."
        ),
        StepForm,
        _publish,
        shows="document",
    ),
    "take-back": DeskStep(
        "take_back",
        _("Take back to research"),
        _("The claim can be changed again. Its review ends, and an approval no longer counts: it is reviewed anew."),
        ReasonForm,
        workflow.take_back,
    ),
    "check": _reopening(
        PublicationKind.VERDICT,
        _("Check this now"),
        _(
            "Readers know this statement as not yet checked. Research towards its verdict starts; they see no "
            "change yet."
        ),
        StepForm,
    ),
    "list": DeskStep(
        "list",
        _("List as not yet checked"),
        _(
            "Readers see at once that this statement is tracked and not yet checked, in these words and for good: it "
            "can be corrected or retracted after a review, never rewritten."
        ),
        StepForm,
        publishing.list_claim,
        shows="listing",
    ),
    "correct": _reopening(
        PublicationKind.CORRECTION,
        _("Correct"),
        _(
            "Something readers were told is wrong. The claim goes back to research to be put right, and then "
            "through review. Readers see no change until the correction is published, with your note."
        ),
        NoteForm,
    ),
    "update": _reopening(
        PublicationKind.UPDATE,
        _("Update"),
        _(
            "What readers were told was right, and there is something new. The claim goes back to research and "
            "through review. Readers see no change until the update is published, with your note."
        ),
        NoteForm,
    ),
    "retract": _reopening(
        PublicationKind.RETRACTION,
        _("Retract"),
        _(
            "Readers are told not to rely on this any more. After review the page stays where it is, with its "
            "history and your reason, marked as retracted."
        ),
        NoteForm,
    ),
    "drop": DeskStep(
        "drop",
        _("Drop"),
        _("Work on this claim ends, and nothing more of it is published. The desk keeps its history."),
        ReasonForm,
        workflow.drop,
    ),
}


def steps_for(claim: Claim, user: User) -> list[tuple[str, Promise]]:
    """The buttons for a user on a claim: address part and label, the way forward first."""
    open_steps = [*workflow.steps_open_to(claim, user), "list"]
    # Of the others the page says why they are refused.
    hidden = [name for name in ("check", "list", "drop") if refusal(name, claim, user)]
    return [(name, step.label) for name, step in DESK_STEPS.items() if step.step in open_steps and name not in hidden]


def refusal(name: str, claim: Claim, user: User) -> str:
    """Why ``user`` may not take a step of DESK_STEPS with the claim as it is; empty if they may."""
    try:
        _check(DESK_STEPS[name], claim, user)
    except Refused as refused:
        return str(refused)
    return ""


def _check(step: DeskStep, claim: Claim, user: User) -> None:
    if step.step == "list":
        publishing.check_can_be_listed(claim, by=user)
        return
    workflow.check_step(claim, step.step, by=user)
    if step.step == "approve":
        workflow.check_may_approve(claim, user)
    if step.step in ("approve", "publish"):
        workflow.check_unchanged(claim)
    if step.step == "drop":
        workflow.check_not_public(claim)
    if step.kind == PublicationKind.VERDICT:
        workflow.check_kind(claim, step.kind, "")
