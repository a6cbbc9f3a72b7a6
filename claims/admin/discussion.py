"""Notes on a claim, and the log of requests for correction and right of reply."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from claims import discussion, workflow
from claims.models import Claim, Contact, Note
from claims.refusals import Refused

BACK = {"change": "admin:claims_claim_change", "review": "admin:claims_claim_review"}


class NoteForm(forms.Form):
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        label=_("Note to the desk"),
        help_text=_("Only the desk reads this."),
    )


class ContactForm(forms.ModelForm):
    """Whether it is public can be chosen only while the claim's document may change."""

    class Meta:
        model = Contact
        fields = discussion.FIELDS
        widgets = {
            "on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "summary": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not editable:
            self.fields["public"].disabled = True
            self.fields["public"].help_text = _(
                "Readers see it only if it is reviewed with the claim: this can be chosen while the claim is new or"
                " being researched."
            )


def talk(request: HttpRequest, claim: Claim, *, back: str = "change") -> dict[str, Any]:
    """The context of _discussion.html and _contacts.html; ``back`` names the page that they are on."""
    editable = claim.workflow_status in workflow.EDITABLE
    may_change = request.user.has_perm("claims.change_contact")
    return {
        "notes": notes(claim),
        "note_form": NoteForm(auto_id="id_note_%s") if request.user.has_perm("claims.add_note") else None,
        "contacts": [(contact, may_change and (editable or not contact.public)) for contact in contacts(claim)],
        "may_add_contact": request.user.has_perm("claims.add_contact"),
        "back": back,
    }


def notes(claim: Claim) -> QuerySet[Note]:
    return claim.notes.select_related("author")


def contacts(claim: Claim) -> QuerySet[Contact]:
    return claim.contacts.select_related("recorded_by")


class TalkView(FormView):
    """A short form on a claim; a refusal is shown and changes nothing."""

    template_name = "admin/claims/claim/talk.html"
    model_admin: ModelAdmin = None  # type: ignore[assignment]
    permission = ""
    title: Promise
    done: Promise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.claim = get_object_or_404(Claim, pk=kwargs["pk"])
        allowed = self.model_admin.has_view_permission(request, self.claim) and request.user.has_perm(self.permission)
        if not allowed:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.model_admin.admin_site.each_context(self.request)
        own = {"title": self.title, "opts": Claim._meta, "original": self.claim, "back": self.request.POST.get("back")}
        return super().get_context_data(**context, **own, **kwargs)

    def write(self, form: Any) -> None:
        """The one function of the domain that this form is for."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.write(form)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form), status=409)
        messages.success(self.request, self.done)
        page = BACK.get(self.request.POST.get("back", ""), BACK["change"])
        return redirect(reverse(page, args=[self.claim.pk]) + f"#{self.fragment}")


class NoteView(TalkView):
    form_class = NoteForm
    permission = "claims.add_note"
    title = _("Note to the desk")
    done = _("The note is there for the desk to read.")
    fragment = "discussion"

    def write(self, form: NoteForm) -> None:
        discussion.note(self.claim, form.cleaned_data["text"], by=self.request.user)


class ContactView(TalkView):
    """A new contact, or one that is there: what came of it."""

    form_class = ContactForm
    done = _("The contact is in the log.")
    fragment = "contacts"

    @cached_property
    def contact(self) -> Contact | None:
        number = self.kwargs.get("contact")
        return get_object_or_404(Contact, pk=number, claim=self.claim) if number else None

    @property
    def permission(self) -> str:  # type: ignore[override]
        return "claims.change_contact" if self.kwargs.get("contact") else "claims.add_contact"

    @property
    def title(self) -> Promise:  # type: ignore[override]
        return _("Change this contact") if self.contact else _("Log a contact")

    def get_form_kwargs(self) -> dict[str, Any]:
        editable = self.claim.workflow_status in workflow.EDITABLE
        return super().get_form_kwargs() | {"instance": self.contact, "editable": editable}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = self.request.POST.get("seen") or (discussion.state(self.contact) if self.contact else "")
        return super().get_context_data(seen=state, contact=self.contact, **kwargs)

    def write(self, form: ContactForm) -> None:
        fields = form.cleaned_data
        if self.contact:
            seen = self.request.POST.get("seen", "")
            discussion.change_contact(self.contact, by=self.request.user, seen=seen, **fields)
        else:
            discussion.record_contact(self.claim, by=self.request.user, **fields)


def urls(model_admin: ModelAdmin) -> list[Any]:
    def view(of: type[TalkView]) -> Any:
        return model_admin.admin_site.admin_view(of.as_view(model_admin=model_admin))

    return [
        path("<int:pk>/note/", view(NoteView), name="claims_claim_note"),
        path("<int:pk>/contact/", view(ContactView), name="claims_claim_contact"),
        path("<int:pk>/contact/<int:contact>/", view(ContactView), name="claims_claim_contact"),
    ]
