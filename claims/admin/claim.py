"""A claim with its assessment and evidence on one page, and the workflow steps it can take."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims import document, editing, intake, workflow
from claims.admin import discussion, drafts, evidence, importing, people, preview, review, steps
from claims.admin.claim_list import ClaimList
from claims.admin.quote import QuoteForm
from claims.models import Assessment, Claim, Evidence, Publication


class AssessmentInline(admin.StackedInline):
    model = Assessment
    fields = ["rating", "summary", "explanation", "needed", "notes"]
    can_delete = False


class EvidenceInline(admin.StackedInline):
    model = Evidence
    fields = [("source", "stance", "rank"), ("finding", "locator")]
    autocomplete_fields = ["source"]
    extra = 0


@admin.register(Claim)
class ClaimAdmin(ClaimList):
    form = QuoteForm
    change_form_template = "admin/claims/claim/change_form.html"
    autocomplete_fields = ["article", "speaker", "relays", "topics"]
    inlines = [AssessmentInline, EvidenceInline]
    fieldsets = [
        (_("In the article"), {"fields": ["article", "quote", "occurrence", "form"]}),
        (_("The claim"), {"fields": ["wording", "checkability", "topics"]}),
        (_("Who said it"), {"fields": ["speaker", "position", "relays"]}),
        (_("When"), {"fields": [("stated_on", "stated_on_precision"), "stated_on_note", "occasion"]}),
    ]

    def get_urls(self) -> list[Any]:
        parts = (steps, review, preview, discussion, evidence, drafts, people, importing)
        return [*(url for part in parts for url in part.urls(self)), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """What is in review, approved or published is read; the steps say how to open it again."""
        editable = obj is None or obj.workflow_status in workflow.EDITABLE
        return editable and super().has_change_permission(request, obj)

    def get_inline_instances(self, request: HttpRequest, obj: Claim | None = None) -> list[Any]:
        return super().get_inline_instances(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Claim, form: forms.ModelForm, change: bool) -> None:
        if change:
            # The form's own columns: the workflow's belong to claims.workflow, whatever was read meanwhile.
            written = [name for name in QuoteForm.Meta.fields if name != "topics"]
            obj.save(update_fields=[*written, "quote_start", "quote_end"])
        else:
            intake.record_claim(obj, by=request.user, topics=form.cleaned_data["topics"])

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: Any, change: bool) -> None:
        if formset.model is not Assessment:
            return super().save_formset(request, form, formset, change)
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for written in formset.forms:
            if written.has_changed():
                fields = {name: written.cleaned_data[name] for name in AssessmentInline.fields}
                assessment = editing.assess(form.instance, by=request.user, **fields)
                formset.changed_objects.append((assessment, written.changed_data))
        return None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        claim = kwargs.get("obj")
        if claim:
            context |= {
                "steps": steps.steps_for(claim, request.user),
                "reviews": claim.reviews.select_related("reviewer"),
                "publications": Publication.objects.of(claim.pk),
                "public_address": reverse("pages:claim", args=[claim.pk, document.slug(claim.wording)]),
            }
        return super().render_change_form(request, context, **kwargs)
