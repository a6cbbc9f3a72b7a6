"""A claim with its assessment and evidence on one page, and the workflow steps it can take."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import editing, intake, workflow
from claims.admin import (
    discussion,
    drafts,
    evidence,
    importing,
    markdown,
    people,
    preview,
    review,
    stale,
    steps,
    story,
    typed,
)
from claims.admin.claim_list import ClaimList
from claims.admin.quote import QuoteForm
from claims.admin.standing import standing
from claims.enums import WorkflowStatus
from claims.models import Article, Assessment, Claim
from claims.refusals import Refused

WHO_AND_WHEN = [
    (_("Who said it"), {"fields": ["speaker", "speaker_unknown", "position", "relays"], "classes": ["speaking"]}),
    (_("When"), {"fields": ["stated_on", "stated_on_note", "occasion"], "classes": ["dating"]}),
]
RECORDING = [
    (_("In the article"), {"fields": ["article", "quote", "occurrence", "form"], "classes": ["tying"]}),
    (_("The claim"), {"fields": ["wording", "checkability", "topics"], "classes": ["statement"]}),
    *WHO_AND_WHEN,
]
CHANGING = [
    (None, {"fields": ["wording", "checkability", "form", "topics"], "classes": ["statement"]}),
    (_("Tie the claim to other words"), {"fields": ["quote", "occurrence"], "classes": ["collapse", "tying"]}),
    *WHO_AND_WHEN,
]


class ClaimForm(QuoteForm):
    """A statement that is recorded stays one of its article. ``typed`` fills the form with what is not saved;
    ``refusal`` is why a rule forbids to save it.
    """

    typed: QueryDict | None = None
    by: User
    refusal = ""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data if data is not None else self.typed, *args, **kwargs)
        if self.instance.pk and "form" in self.fields:
            self.fields["form"].label = _("How the article gives the words")
        if "topics" in self.fields:
            # Each topic can be taken out: a button for all at once is too easily pressed.
            self.fields["topics"].widget.widget.is_required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.pk and self.instance.quote_end and cleaned.get("article") and cleaned.get("wording"):
            self.refuse_twice(cleaned["article"], cleaned["wording"], by=self.by)
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    def fixed_article(self) -> Article | None:
        return self.instance.article if self.instance.pk else None


class AssessmentForm(forms.ModelForm):
    class Meta:
        labels = {
            "needed": _("What is still needed"),
            "one_source_reason": _("Why one source is enough"),
            "notes": _("Notes for the desk"),
        }
        help_texts = {"notes": _("Calculations, confidence, doubts. Readers never see them.")}
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "explanation": forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
            "needed": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "notes": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }


class AssessmentInline(admin.StackedInline):
    model = Assessment
    form = AssessmentForm
    template = "admin/claims/claim/_assessment.html"
    fields = ["rating", "summary", "explanation", "needed", "one_source_reason", "notes"]
    can_delete = False
    verbose_name = _("Assessment")


@admin.register(Claim)
class ClaimAdmin(ClaimList):
    form = ClaimForm
    change_form_template = "admin/claims/claim/change_form.html"
    autocomplete_fields = ["article", "speaker", "relays", "topics"]
    inlines = [AssessmentInline, evidence.EvidenceInline]

    def get_urls(self) -> list[Any]:
        parts = (review, steps, preview, discussion, evidence, drafts, markdown, people, importing)
        return [*(url for part in parts for url in part.urls(self)), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> list[Any]:
        return CHANGING if obj else RECORDING

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What is in review, approved or published is read; the steps say how to open it again."""
        editable = obj is None or obj.workflow_status in workflow.EDITABLE
        return editable and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What somebody has worked on is dropped, and says why; only what was recorded by mistake is deleted."""
        untouched = obj is None or obj.workflow_status == WorkflowStatus.NEW
        return untouched and super().has_delete_permission(request, obj)

    def get_inline_instances(self, request: HttpRequest, obj: Claim | None = None) -> list[Any]:
        return super().get_inline_instances(request, obj) if obj else []

    # What was typed, and what is saved.

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        """A rule that forbids what was typed is told on the page it was typed on, and nothing is written."""
        try:
            return self._changeform(request, object_id, *args, **kwargs)
        except intake.RecordedAlready as there:
            messages.info(request, _("This claim is recorded already, in these words and this wording."))
            return redirect(reverse("admin:claims_claim_change", args=[there.claim.pk]))
        except Refused as refused:
            request.refusal = str(refused)
        # With all that was typed in it, and kept as a draft, now that the other transaction is rolled back.
        return self._changeform(request, object_id, *args, **kwargs)

    @transaction.atomic
    def _changeform(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Save what was typed if it was typed on the claim as it is, which stays locked until it is saved.

        Otherwise the page is shown with both versions, and nothing is written: it answers as to a GET. What was
        sent twice, by a second press or after an answer that was lost, is saved already, and is said to be.
        """
        claim = self._asked_for(request, object_id)
        if claim is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST":
            request.POST = typed.regular(request.POST, request.FILES)
            unsaved = request.POST if self._is_stale(request, claim) else None
        else:
            unsaved = drafts.restored(request, claim)
        if unsaved is not None:
            return self._both_versions(request, claim, unsaved, form_url)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            # The page came back with errors: what was typed is in it, and kept if it is closed.
            drafts.keep(request, claim)
        return response

    def _asked_for(self, request: HttpRequest, object_id: str | None) -> Claim | None:
        asked = object_id and self.get_object(request, unquote(object_id))
        if not asked or not request.user.has_perm("claims.change_claim"):
            return None
        claims = Claim.objects.select_for_update() if request.method == "POST" else Claim.objects
        return claims.filter(pk=asked.pk).first()

    def _is_stale(self, request: HttpRequest, claim: Claim) -> bool:
        changed = request.POST.get("version") != editing.version(claim)
        return changed or claim.workflow_status not in workflow.EDITABLE

    def _both_versions(self, request: HttpRequest, claim: Claim, unsaved: QueryDict, form_url: str) -> HttpResponse:
        refused = request.method == "POST"
        found = stale.reconcile(claim, unsaved)
        if found.is_saved(by=request.user):
            return self.response_change(request, claim)
        editable = self.has_change_permission(request, claim)
        if editable:
            request.typed = found.data
        moved_on = not editable or unsaved.get("version") != editing.version(claim)
        context = {"stale": found if moved_on else None, "restored": not refused}
        request.method = "GET"
        response = super().changeform_view(request, str(claim.pk), form_url, context)
        if refused:
            response.status_code = 409
        return response

    def get_form(self, request: HttpRequest, obj: Claim | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.typed, form.by = getattr(request, "typed", None), request.user
        form.refusal = getattr(request, "refusal", "")
        return form

    def get_formset_kwargs(self, request: HttpRequest, obj: Claim, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if data := getattr(request, "typed", None):
            kwargs["data"] = data
        if isinstance(inline, evidence.EvidenceInline):
            kwargs["form_kwargs"] = {"by": request.user}
            kwargs["initial"] = [{"rank": obj.evidence.count() + 1}]
        return kwargs

    # Every write is one of claims.editing.

    def save_model(self, request: HttpRequest, obj: Claim, form: forms.ModelForm, change: bool) -> None:
        topics = form.cleaned_data["topics"]
        if not change:
            intake.record_claim(obj, by=request.user, topics=topics)
        elif form.has_changed():
            columns = [name for name in (*QuoteForm.Meta.fields, *QuoteForm.columns) if name != "topics"]
            editing.change(obj, by=request.user, columns=columns, topics=topics)
        if form.said:
            messages.info(request, form.said)

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: list[Any], change: bool) -> None:
        for formset in formsets:
            if formset.model is Assessment:
                self._assess(request, form.instance, formset)
            else:
                evidence.save(formset, by=request.user)

    def _assess(self, request: HttpRequest, claim: Claim, formset: Any) -> None:
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for written in formset.forms:
            if written.has_changed():
                fields = {name: written.cleaned_data[name] for name in AssessmentInline.fields}
                assessment = editing.assess(claim, by=request.user, **fields)
                formset.changed_objects.append((assessment, written.changed_data))

    def response_change(self, request: HttpRequest, obj: Claim) -> HttpResponse:
        """Back to the claim, whose next step is there."""
        drafts.forget(request, obj)
        if "_popup" in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("The claim is saved."))
        return redirect(reverse("admin:claims_claim_change", args=[obj.pk]))

    # What the page shows.

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return story.history(self, request, object_id)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        claim = kwargs.get("obj")
        if claim:
            context |= standing(request, claim)
            context |= drafts.offered(request, claim)
            context |= {
                "version": editing.version(claim),
                "opened": typed.dumped(typed.saved(claim)),
                "lost_files": typed.file_names(getattr(request, "typed", None) or request.POST),
                "show_save_and_continue": False,
                "show_save_and_add_another": False,
            }
        return super().render_change_form(request, context, **kwargs)
