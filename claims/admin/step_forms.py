"""What the workflow's steps ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claims import checklist, workflow
from claims.enums import AMENDMENTS
from claims.models import Claim


class StepForm(forms.Form):
    """A step that asks for nothing."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        self.claim = claim
        super().__init__(*args, **kwargs)


class ReasonForm(StepForm):
    reason = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("Reason"),
        help_text=_("For the desk’s history."),
    )


class CommentForm(StepForm):
    comment = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("Comment"),
        help_text=_("For the desk; it may stay empty."),
    )


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
    """As what the claim is to be published; said before, it is shown, and need not be said again."""

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
        if not set(kinds) & set(AMENDMENTS):
            del self.fields["note"]
        self.kind = checklist.likely_kind(self.claim)
        note = self.claim.proposed_note if self.kind in AMENDMENTS else ""
        self.initial = {"kind": self.kind, "note": note}
        if self.claim.proposed_kind not in ("", self.kind):
            self.fields["kind"].help_text = _(
                "It has a rating now, and readers have had no verdict on it yet: it is published as one, without a "
                "note, and not as the %(kind)s that was meant."
            ) % {"kind": self.claim.get_proposed_kind_display()}

    @property
    def is_proposed(self) -> bool:
        """Whether kind and note were said before, when the claim was opened again or last submitted."""
        return self.kind == self.claim.proposed_kind and self.kind in dict(self.fields["kind"].choices)
