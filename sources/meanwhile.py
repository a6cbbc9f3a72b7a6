"""Forms that two people may have open at once: each saves what they changed, and neither undoes what the other did."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sources.text import normalise

CHANGED = _("Somebody else has changed this since you opened the page. Saved now: %(now)s. Yours is kept here.")
REPLACED = _("Somebody else has changed this since you opened the page. Saved now: %(now)s. Choose yours once more.")


class UploadField(forms.FileField):
    """For a MeanwhileForm, which says by the name of the file that is kept what it was opened on."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data)

    def to_python(self, data: Any) -> Any:
        return None if isinstance(data, str) else super().to_python(data)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return initial != data if isinstance(data, str) else super().has_changed(initial, data)


class MeanwhileForm(forms.ModelForm):
    """Carries, hidden, what each box said when the page was opened.

    A box that was not touched is as it is saved now. One that somebody else changed meanwhile is complained of, shown
    as it was typed, and saved if it is sent again. The instance must be as it is in the database, and locked.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.initial.keys() if self.instance.pk else set()
        # What says nothing of how it was opened was opened on what is saved now.
        self.carried = {
            name
            for name in known & self.fields.keys()
            if not self.is_bound or self.add_initial_prefix(name) in self.data
        }
        for name, field in self.fields.items():
            field.show_hidden_initial = name in self.carried

    def clean(self) -> dict[str, Any]:
        typed = set(self.changed_data)
        for name in self.carried:
            if self._moved_on(name):
                self._bring_up_to_date(name, keep=name in typed)
        return super().clean() or self.cleaned_data

    @property
    def columns(self) -> Iterator[str]:
        """The instance's columns that were changed."""
        known = {column.name for column in self.instance._meta.concrete_fields}
        for name in self.changed_data:
            yield from {name, f"{name}_precision"} & known

    def _moved_on(self, name: str) -> bool:
        """Whether what is saved now is neither what the page was opened on nor what was typed."""
        opened, typed = self.data.get(self.add_initial_prefix(name)), self.data.get(self.add_prefix(name))
        return self._differs(name, opened) and self._differs(name, typed)

    def _differs(self, name: str, posted: Any) -> bool:
        return self.fields[name].has_changed(self.initial[name], normalise(posted or "").strip())

    def _bring_up_to_date(self, name: str, *, keep: bool) -> None:
        value = self.fields[name].prepare_value(self.initial[name])
        now = "" if value is None else str(value)
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_initial_prefix(name)] = now
        if keep:
            said = REPLACED if isinstance(self.fields[name], UploadField) else CHANGED
            self.add_error(name, said % {"now": self.told(name) or _("(nothing)")})
        else:
            data[self.add_prefix(name)] = now
            self.cleaned_data[name] = self.fields[name].to_python(now)

    def told(self, name: str) -> str:
        """What is saved, for people."""
        if display := getattr(self.instance, f"get_{name}_display", None):
            return str(display())
        if isinstance(self.fields[name], forms.ModelChoiceField):
            return str(getattr(self.instance, name) or "")
        return str(self.fields[name].prepare_value(self.initial[name]) or "")


class MeanwhileAdmin(admin.ModelAdmin):
    """Writes what was changed on a MeanwhileForm and nothing else."""

    form = MeanwhileForm

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model | None:
        """What is about to be saved is locked first, and read as it is then."""
        found = super().get_object(request, object_id, from_field)
        if not found or request.method != "POST":
            return found
        list(self.model._default_manager.filter(pk=found.pk).select_for_update(no_key=True).values("pk"))
        return super().get_object(request, object_id, from_field)

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=list(form.columns))
        else:
            super().save_model(request, obj, form, change)
