"""The workflow's steps as buttons and short forms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
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

from claims import document, publishing, workflow
from claims.enums import PublicationKind
from claims.models import Claim, Publication
from claims.refusals import Refused


class StepForm(forms.Form):
    """A step that asks for nothing."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        super().__init__(*args, **kwargs)


class ReasonForm(StepForm):
    reason = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("For the desk’s history.")
    )


class CommentForm(StepForm):
    comment = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 4}))


class ChangesForm(StepForm):
    comment = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), label=_("What should change"), help_text=_("The author reads this.")
    )


class NoteForm(StepForm):
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("Public note"),
        help_text=_("Readers see this beside the claim for good: what was wrong or new, and what it is now."),
    )


class SubmitForm(StepForm):
    kind = forms.ChoiceField(label=_("To be published as"))
    note = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=_("Public note"),
        help_text=_("For an update, a correction or a retraction: readers see it beside the claim for good."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = workflow.possible_kinds(self.claim)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.initial = {"kind": self.claim.proposed_kind, "note": self.claim.proposed_note}


@dataclass(frozen=True)
class DeskStep:
    """A button: the workflow step behind it, what it asks, and the one function that takes it."""

    step: str
    label: Promise
    form: type[StepForm]
    take: Callable[..., Any]
    shows_document: bool = False


def _publish(claim: Claim, *, by: User) -> Publication:
    return publishing.publish(claim, by=by, kind=claim.proposed_kind, note=claim.proposed_note)


def _reopen_as(kind: PublicationKind) -> Callable[..., None]:
    def take(claim: Claim, *, by: User, note: str) -> None:
        workflow.reopen(claim, by=by, kind=kind, note=note)

    return take


DESK_STEPS = {
    "research": DeskStep("research", _("Start research"), StepForm, workflow.research),
    "submit": DeskStep("submit", _("Submit for review"), SubmitForm, workflow.submit),
    "approve": DeskStep("approve", _("Approve"), CommentForm, workflow.approve, shows_document=True),
    "request-changes": DeskStep(
        "request_changes", _("Request changes"), ChangesForm, workflow.request_changes, shows_document=True
    ),
    "publish": DeskStep("publish", _("Publish"), StepForm, _publish, shows_document=True),
    "take-back": DeskStep("take_back", _("Take back to research"), ReasonForm, workflow.take_back),
    "list": DeskStep("list", _("List as not yet checked"), StepForm, publishing.list_claim),
    "correct": DeskStep("reopen", _("Correct"), NoteForm, _reopen_as(PublicationKind.CORRECTION)),
    "update": DeskStep("reopen", _("Update"), NoteForm, _reopen_as(PublicationKind.UPDATE)),
    "retract": DeskStep("reopen", _("Retract"), NoteForm, _reopen_as(PublicationKind.RETRACTION)),
    "drop": DeskStep("drop", _("Drop"), ReasonForm, workflow.drop),
}


def steps_for(claim: Claim, user: User) -> list[tuple[str, Promise]]:
    """The buttons for a user on a claim: address part and label, the way forward first."""
    open_steps = workflow.steps_open_to(claim, user)
    if publishing.can_be_listed(claim, user):
        open_steps.append("list")
    return [(name, step.label) for name, step in DESK_STEPS.items() if step.step in open_steps]


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
        self.step = DESK_STEPS[kwargs["name"]]
        self.claim = get_object_or_404(Claim.objects.for_document(), pk=kwargs["pk"])
        if not self.model_admin.has_view_permission(request, self.claim):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[StepForm]:
        return self.step.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"claim": self.claim}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": self.step.label,
            "opts": Claim._meta,
            "original": self.claim,
            "step": self.step,
        }
        context["refusal"] = self.refusal()
        if self.step.shows_document:
            context["seen"] = seen(self.claim)
            context["document"] = document.content(self.claim, kind=self.claim.proposed_kind)
        return super().get_context_data(**context, **kwargs)

    def refusal(self) -> str:
        """Why this person may not take this step with the claim as it is; empty if they may."""
        try:
            if self.step.step in workflow.STEPS:
                workflow.check_step(self.claim, self.step.step, by=self.request.user)
            if self.step.step == "approve":
                workflow.check_may_approve(self.claim, self.request.user)
        except Refused as refusal:
            return str(refusal)
        return ""

    @transaction.atomic
    def take(self, form: StepForm) -> None:
        """Take the step; with a document, only if what was shown is what is submitted now."""
        locked = Claim.objects.select_for_update().get(pk=self.claim.pk)
        stale = self.step.shows_document and self.request.POST.get("seen") != seen(locked)
        if stale and not self.refusal():
            raise Refused(
                "This claim was submitted anew after you opened this page. Read what is submitted now.",
                rule="review_of_submitted_content",
            )
        self.step.take(self.claim, by=self.request.user, **form.cleaned_data)

    def form_valid(self, form: StepForm) -> HttpResponse:
        try:
            self.take(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        self.model_admin.log_change(self.request, self.claim, str(self.step.label))
        self.claim.refresh_from_db()
        status = self.claim.get_workflow_status_display()
        messages.success(
            self.request,
            _("Done: %(step)s. The claim is now %(status)s.") % {"step": self.step.label, "status": status},
        )
        return redirect(reverse("admin:claims_claim_change", args=[self.claim.pk]))


def urls(model_admin: ModelAdmin) -> list[Any]:
    step = model_admin.admin_site.admin_view(StepView.as_view(model_admin=model_admin))
    return [path("<int:pk>/<slug:name>/step/", step, name="claims_claim_step")]
