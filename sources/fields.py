"""Columns whose values are made regular whenever they are cleaned (forms, ``full_clean``)."""

from typing import Any

from django.db import models

from sources.text import normalise, normalise_line


class LineField(models.CharField):
    """One line of normalised text."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalise_line(value) if isinstance(value, str) else value


class ProseField(models.TextField):
    """Normalised text of any number of lines, without white space around it."""

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return normalise(value).strip() if isinstance(value, str) else value


class AddressField(models.URLField):
    """An http or https address; one typed without a scheme is taken for https."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
