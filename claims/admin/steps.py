"""The workflow's steps as buttons and short forms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from claims import publishing, workflow
from claims.admin.reviewed import checks, reviewed
from claims.admin.step_forms import ChangesForm, CommentForm, NoteForm, ReasonForm, StepForm, SubmitForm
from claims.enums import PublicationKind
from claims.models import Claim, Publication
from claims.refusals import Refused


@dataclass(frozen=True)
class DeskStep:
    """A button: the workflow step behind it, what it will do, what it asks, and the one function that takes it.

    ``shows`` is empty, or "document" where what will be published is read first, or "checks" where what is missing is.
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
            "Readers see at once that this statement is tracked and not yet checked: its words, its speaker and "
            "its date, and nothing of its assessment."
        ),
        StepForm,
        publishing.list_claim,
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
    open_steps = workflow.steps_open_to(claim, user)
    if publishing.can_be_listed(claim, user):
        open_steps.append("list")
    kinds = workflow.possible_kinds(claim) if "reopen" in open_steps else []
    closed = [] if PublicationKind.VERDICT in kinds else ["check"]
    return [(name, step.label) for name, step in DESK_STEPS.items() if step.step in open_steps and name not in closed]


def seen(claim: Claim) -> str:
    """Names one submission of a claim: content, kind and note stay as they are until the next."""
    return claim.submitted_at.isoformat() if claim.submitted_at else ""


class StepView(FormView):
    """Asks what a step needs and takes it; a refusal is shown and changes nothing."""

    template_name = "admin/claims/claim/step.html"
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["name"] not in DESK_STEPS:
            raise Http404
        self.name = kwargs["name"]
        self.step = DESK_STEPS[self.name]
        self.claim = get_object_or_404(Claim.objects.for_document(), pk=kwargs["pk"])
        if not self.model_admin.has_view_permission(request, self.claim):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[StepForm]:
        return self.step.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"claim": self.claim, "auto_id": f"id_{self.name}_%s"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": self.step.label,
            "opts": Claim._meta,
            "original": self.claim,
            "step": self.step,
            "step_name": self.name,
            "refusal": self.refusal(),
        }
        if self.step.shows == "document":
            context |= reviewed(self.claim)
            context["seen"] = "" if context["refusal"] else seen(self.claim)
        elif self.step.shows == "checks":
            context |= checks(self.claim)
        return super().get_context_data(**context, **kwargs)

    def refusal(self) -> str:
        """Why this person may not take this step with the claim as it is; empty if they may."""
        return refusal(self.name, self.claim, self.request.user)

    @transaction.atomic
    def take(self, form: StepForm) -> None:
        """Take the step; with a document, only if what was shown is what is submitted now."""
        locked = Claim.objects.select_for_update().get(pk=self.claim.pk)
        stale = self.step.shows == "document" and self.request.POST.get("seen") != seen(locked)
        if stale and not self.refusal():
            raise Refused(
                "This claim was submitted anew after you opened this page. Read what is submitted now.",
                rule="review_of_submitted_content",
            )
        self.step.take(self.claim, by=self.request.user, **form.cleaned_data)

    def form_valid(self, form: StepForm) -> HttpResponse:
        try:
            self.take(form)
        except Refused as refused:
            if self.already():
                return self.leave(messages.INFO, _("This was done already: %(step)s. The claim is now %(status)s."))
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        self.model_admin.log_change(self.request, self.claim, str(self.step.label))
        return self.leave(messages.SUCCESS, _("Done: %(step)s. The claim is now %(status)s."))

    def already(self) -> bool:
        """Whether the same person took this very step a moment ago: a button that was pressed twice."""
        if self.name == "list":
            return publishing.just_listed(self.claim, by=self.request.user)
        self.claim.refresh_from_db()
        same_kind = self.step.kind in ("", self.claim.proposed_kind)
        return same_kind and workflow.just_taken(self.claim, self.step.step, by=self.request.user)

    def leave(self, level: int, sentence: Promise) -> HttpResponse:
        """Back to the claim, with a word on what came of it."""
        self.claim.refresh_from_db()
        status = self.claim.get_workflow_status_display()
        messages.add_message(self.request, level, sentence % {"step": self.step.label, "status": status})
        return redirect(reverse("admin:claims_claim_change", args=[self.claim.pk]))


def refusal(name: str, claim: Claim, user: User) -> str:
    """Why ``user`` may not take a step of DESK_STEPS with the claim as it is; empty if they may."""
    step = DESK_STEPS[name].step
    try:
        if step in workflow.STEPS:
            workflow.check_step(claim, step, by=user)
        if step == "approve":
            workflow.check_may_approve(claim, user)
        if step in ("approve", "publish"):
            workflow.check_unchanged(claim)
    except Refused as refused:
        return str(refused)
    return ""


def urls(model_admin: ModelAdmin) -> list[Any]:
    step = model_admin.admin_site.admin_view(StepView.as_view(model_admin=model_admin))
    return [path("<int:pk>/<slug:name>/step/", step, name="claims_claim_step")]
