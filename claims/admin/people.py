"""Who works on a claim: assign, reassign, until when."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from claims import people
from claims.admin.many import DueField, PersonField
from claims.enums import WorkflowStatus
from claims.models import Claim
from claims.refusals import Refused


class AssignForm(forms.Form):
    """Whose a claim is, and until when: what is emptied is nobody's, or due on no day."""

    to = PersonField(
        people.possible_assignees(), required=False, label=gettext_lazy("Assign to"), empty_label=gettext_lazy("nobody")
    )
    due_on = DueField()

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        super().__init__(*args, **options, initial={"to": claim.assignee_id, "due_on": claim.due_on})
        self.fields["due_on"].stays = claim.due_on  # type: ignore[attr-defined]


class AssignView(FormView):
    """Gives a claim to somebody; one that is nobody's can be taken by whoever works on claims."""

    template_name = "admin/claims/claim/assign.html"
    form_class = AssignForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.claim = get_object_or_404(Claim.objects.for_list(), pk=kwargs["pk"])
        is_ongoing = self.claim.workflow_status != WorkflowStatus.DROPPED
        self.may_assign = is_ongoing and request.user.has_perm(people.ASSIGN)
        self.may_take = people.may_take(self.claim, request.user)
        allowed = self.model_admin.has_view_permission(request, self.claim)
        if not allowed or not any(request.user.has_perm(name) for name in (people.ASSIGN, *people.WORK)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        return kwargs | {"claim": self.claim}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "title": _("Assign"),
            "opts": Claim._meta,
            "original": self.claim,
            "seen": people.state(self.claim),
            "may_assign": self.may_assign,
            "may_take": self.may_take,
            "refusal": "" if self.may_assign or self.may_take else self.why_not(),
        }
        return super().get_context_data(**self.model_admin.admin_site.each_context(self.request), **own | kwargs)

    def why_not(self) -> str:
        if self.claim.workflow_status == WorkflowStatus.DROPPED:
            return _("Work on this claim has ended: nobody is assigned to it.")
        return _("This claim is somebody’s already. Those who assign claims can give it to you.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "take" in request.POST:
            return self.carry_out(lambda: people.take(self.claim, by=request.user), _("This claim is yours now."))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AssignForm) -> HttpResponse:
        seen, given = self.request.POST.get("seen", ""), form.cleaned_data
        by: Any = self.request.user
        return self.carry_out(lambda: people.assign([self.claim], by=by, seen=seen, **given), _("Assigned."))

    def carry_out(self, change: Callable[[], Any], said: str | Promise) -> HttpResponse:
        try:
            change()
        except Refused as refused:
            self.claim.refresh_from_db()
            form = AssignForm(claim=self.claim)
            return self.render_to_response(self.get_context_data(refusal=str(refused), form=form), status=409)
        self.model_admin.log_change(self.request, self.claim, _("Assigned."))
        messages.success(self.request, str(said))
        return redirect(reverse("admin:claims_claim_change", args=[self.claim.pk]))


def urls(model_admin: ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view(AssignView.as_view(model_admin=model_admin))
    return [path("<int:pk>/assign/", view, name="claims_claim_assign")]
