"""What is done to many claims at once: each asks on a page of its own, and is done to all that it fits, or to none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import editing, people, workflow
from claims.enums import WorkflowStatus
from claims.models import Claim, Topic
from claims.refusals import Refused

MOST = 500  # claims at once, each a field of a form


def name_of(person: User) -> str:
    return person.get_full_name() or person.get_username()


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return name_of(person)


class DueField(forms.DateField):
    """A day to come, or the one that it ``stays``."""

    stays: Any = None

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, label=gettext_lazy("Due on"), widget=widget, **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day != self.stays and day < timezone.localdate():
            raise forms.ValidationError(_("This day is past: choose one that is still to come."))
        return day


class AssignManyForm(forms.Form):
    """What is left empty stays as it is with each claim."""

    to = PersonField(
        people.possible_assignees(),
        required=False,
        label=gettext_lazy("Assign to"),
        empty_label=gettext_lazy("(as it is)"),
    )
    nobody = forms.BooleanField(required=False, label=gettext_lazy("Take them from whoever has them now"))
    due_on = DueField(help_text=gettext_lazy("Left empty, each claim keeps the day that it is due on."))

    def clean(self) -> dict[str, Any]:
        given = {name: value for name, value in super().clean().items() if value}
        if "nobody" in given and "to" in given:
            raise forms.ValidationError(_("Assign them to somebody or to nobody, not both."))
        if given.pop("nobody", False):
            given["to"] = None
        if not given and not self.errors:
            raise forms.ValidationError(_("Choose a person, a day or both."))
        return given


class TopicsForm(forms.Form):
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        label=gettext_lazy("Topics"),
        widget=forms.SelectMultiple(attrs={"size": 12}),
        help_text=gettext_lazy("Hold Ctrl, or Command on a Mac, to choose several."),
    )


@dataclass(frozen=True)
class Many:
    """What is asked and done; only claims of the ``statuses`` are fit for it, and the others are ``left_out``."""

    label: Promise
    form: type[forms.Form]
    do: Callable[[list[Claim], User, dict[str, Any]], int]
    statuses: tuple[WorkflowStatus, ...]
    left_out: Promise


NOT_DROPPED = tuple(status for status in WorkflowStatus if status != WorkflowStatus.DROPPED)
NOT_EDITABLE = gettext_lazy(
    "These are left as they are: a claim’s topics can be changed while it is new or being researched."
)
ASSIGN = Many(
    gettext_lazy("Assign, and set when due"),
    AssignManyForm,
    lambda claims, by, answer: people.assign(claims, by=by, **answer),
    NOT_DROPPED,
    gettext_lazy("These are left as they are: work on them has ended."),
)
ADD = Many(
    gettext_lazy("Add topics"),
    TopicsForm,
    lambda claims, by, answer: editing.give_topics(claims, add=answer["topics"], by=by),
    workflow.EDITABLE,
    NOT_EDITABLE,
)
REMOVE = Many(
    gettext_lazy("Remove topics"),
    TopicsForm,
    lambda claims, by, answer: editing.give_topics(claims, remove=answer["topics"], by=by),
    workflow.EDITABLE,
    NOT_EDITABLE,
)


@admin.action(description=ASSIGN.label, permissions=["assign"])
def assign(model_admin: Any, request: HttpRequest, claims: QuerySet) -> TemplateResponse | None:
    return _ask("assign", ASSIGN, model_admin, request, claims)


@admin.action(description=ADD.label, permissions=["change"])
def add_topics(model_admin: Any, request: HttpRequest, claims: QuerySet) -> TemplateResponse | None:
    return _ask("add_topics", ADD, model_admin, request, claims)


@admin.action(description=REMOVE.label, permissions=["change"])
def remove_topics(model_admin: Any, request: HttpRequest, claims: QuerySet) -> TemplateResponse | None:
    return _ask("remove_topics", REMOVE, model_admin, request, claims)


ACTIONS = [assign, add_topics, remove_topics]


def _ask(name: str, many: Many, model_admin: Any, request: HttpRequest, chosen: QuerySet) -> TemplateResponse | None:
    """Ask what the action needs, and then do it; a refusal is shown and changes nothing."""
    rows = list(chosen[: MOST + 1])
    if len(rows) > MOST:
        said = _("Choose at most %(most)s claims at once: filter the list, or take it page by page.") % {"most": MOST}
        messages.error(request, said)
        return None
    fit = [claim for claim in rows if claim.workflow_status in many.statuses]
    form = many.form(request.POST if "answered" in request.POST else None)
    if fit and form.is_bound and form.is_valid():
        try:
            number = many.do(fit, request.user, form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _done(number, len(rows) - len(fit)))
            return None
    context = model_admin.admin_site.each_context(request) | {
        "title": many.label,
        "opts": model_admin.opts,
        "form": form,
        "fit": fit,
        "unfit": [claim for claim in rows if claim not in fit],
        "left_out": many.left_out,
        "action": name,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/claims/claim/many.html", context)


def _done(number: int, left: int) -> str:
    said = ngettext("%(n)d claim was changed.", "%(n)d claims were changed.", number) % {"n": number}
    if left:
        said += " " + ngettext("%(n)d was left as it is.", "%(n)d were left as they are.", left) % {"n": left}
    return said
