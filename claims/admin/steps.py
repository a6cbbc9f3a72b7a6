"""The workflow's steps as buttons and short forms."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from claims import publishing, workflow
from claims.admin.desk_steps import DESK_STEPS, refusal
from claims.admin.reviewed import bare_listing, checks, reviewed
from claims.admin.step_forms import StepForm
from claims.models import Claim
from claims.refusals import Refused

# What readers see at once.
PUBLIC = ("list", "publish")


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
            "refusal": self.refusal(self.claim),
        }
        if self.step.shows == "document":
            context |= reviewed(self.claim)
            context["seen"] = "" if context["refusal"] else seen(self.claim)
        elif self.step.shows == "listing":
            context |= bare_listing(self.claim)
        elif self.step.shows == "checks":
            context |= checks(self.claim)
        return super().get_context_data(**context, **kwargs)

    def refusal(self, claim: Claim) -> str:
        """Why this person may not take this step with the claim as it is; empty if they may."""
        return refusal(self.name, claim, self.request.user)

    @transaction.atomic
    def take(self, form: StepForm) -> None:
        """Take the step; with a document, only if what was shown is what is submitted, or listed, now."""
        shown, told = self.request.POST.get("seen", ""), {}
        locked = Claim.objects.locked_for_document(self.claim.pk)
        if self.step.shows == "listing":
            told["seen"] = shown
        elif self.step.shows == "document" and shown != seen(locked) and not self.refusal(locked):
            raise Refused(
                _("This claim was submitted anew after you opened this page. Read what is submitted now."),
                rule="review_of_submitted_content",
            )
        self.step.take(self.claim, by=self.request.user, **form.cleaned_data, **told)

    def form_valid(self, form: StepForm) -> HttpResponse:
        try:
            self.take(form)
        except Refused as refused:
            if self.already(form):
                return self.leave(messages.INFO, _("This was done already: %(step)s."))
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        self.model_admin.log_change(self.request, self.claim, str(self.step.label))
        return self.leave(messages.SUCCESS, _("Done: %(step)s."))

    def already(self, form: StepForm) -> bool:
        """Whether the same person took this very step a moment ago, in the same words: a button pressed twice."""
        if self.name == "list":
            return publishing.just_listed(self.claim, by=self.request.user)
        self.claim.refresh_from_db()
        kind = self.step.kind or form.cleaned_data.get("kind", "")
        said = "".join(form.cleaned_data.get(name, "") for name in ("note", "comment", "reason"))
        same_kind = kind in ("", self.claim.proposed_kind)
        return same_kind and workflow.just_taken(self.claim, self.step.step, by=self.request.user, reason=said)

    def leave(self, level: int, sentence: Promise) -> HttpResponse:
        """Back to the claim, with a word on what came of it."""
        self.claim.refresh_from_db()
        now = _("The claim is now %(status)s.") % {"status": self.claim.get_workflow_status_display()}
        now = _("Readers see it now.") if self.name == "list" else now
        messages.add_message(self.request, level, f"{sentence % {'step': self.step.label}} {now}")
        response = redirect(reverse("admin:claims_claim_change", args=[self.claim.pk]))
        if self.name in PUBLIC:
            # Whoever publishes looks at the page next, and their browser may have kept it as it was.
            response["Clear-Site-Data"] = '"cache"'
        return response


def urls(model_admin: ModelAdmin) -> list[Any]:
    step = model_admin.admin_site.admin_view(StepView.as_view(model_admin=model_admin))
    return [path("<int:pk>/<slug:name>/step/", step, name="claims_claim_step")]
