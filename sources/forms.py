"""Form fields for what several desks' forms ask."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sources import dates


class PartialDateField(forms.CharField):
    """A date known to the day, the month or the year, typed in one box; cleans to (first day, precision)."""

    default_error_messages = {"invalid": _("“%(text)s” is not a date: write 2022-07-12, 2022-07 or 2022.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("As much as is known: 2022-07-12, 2022-07 or 2022."))
        attributes = {"size": 12, "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=10, widget=forms.TextInput(attrs=attributes), **kwargs)

    def to_python(self, value: Any) -> tuple[datetime.date | None, str]:  # type: ignore[override]
        text = super().to_python(value) or ""
        try:
            return dates.parse(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"text": text}) from None

    def validate(self, value: Any) -> None:
        super().validate(value[0])

    def run_validators(self, value: Any) -> None:
        """The text was judged whole in to_python."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        said = dates.iso(*initial) if isinstance(initial, tuple) else initial
        return (said or "") != (data or "").strip()


class PartialDatesForm(forms.ModelForm):
    """Asks in one box for each date of ``partial_dates`` and its precision, and gives the instance both.

    Name the date in ``Meta.fields``, not its precision.
    """

    partial_dates: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The admin leaves out of a form what is only read.
        self.partial_dates = tuple(name for name in self.partial_dates if name in self.fields)
        for name in self.partial_dates:
            known = (getattr(self.instance, name), getattr(self.instance, f"{name}_precision"))
            self.fields[name] = PartialDateField(label=self.fields[name].label, required=self.fields[name].required)
            self.initial.setdefault(name, "")
            if known[0]:
                self.initial[name] = dates.iso(*known)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.partial_dates:
            # A date that could not be read has been complained of: the instance is given none, and says nothing more.
            date, precision = cleaned.get(name) or (None, "")
            setattr(self.instance, name, date)
            setattr(self.instance, f"{name}_precision", precision)
            if name in cleaned:
                cleaned[name] = date
        return cleaned
