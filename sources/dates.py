"""Dates known to the day, the month or the year only: a date column and a precision column beside it.

A date known to the month is stored as its first day, one known to the year as 1 January, and both are written
in the reduced forms of ISO 8601 ("2022-07", "2022").
"""

import calendar
import datetime
import re
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


SHAPES = {
    Precision.DAY: re.compile(r"\d{4}-\d{2}-\d{2}"),
    Precision.MONTH: re.compile(r"\d{4}-\d{2}"),
    Precision.YEAR: re.compile(r"\d{4}"),
}
REST = {Precision.DAY: "", Precision.MONTH: "-01", Precision.YEAR: "-01-01"}
LENGTHS = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def parse(text: str) -> tuple[datetime.date | None, str]:
    """Read a full or reduced ISO 8601 date as (first day, precision); an empty text is (None, "").

    Raises ValueError for anything else.
    """
    if not text:
        return None, ""
    for precision, shape in SHAPES.items():
        if shape.fullmatch(text):
            with suppress(ValueError):
                return datetime.date.fromisoformat(text + REST[precision]), precision
    raise ValueError(f"“{text}” is not a date: write 2022-07-12, 2022-07 or 2022.")


def iso(date: datetime.date | None, precision: str) -> str | None:
    """Write a date in the ISO 8601 form that its precision allows; None stays None."""
    return date.isoformat()[: LENGTHS[Precision(precision)]] if date else None


def last_day(date: datetime.date, precision: str) -> datetime.date:
    """The last day that a partial date may mean."""
    if precision == Precision.DAY:
        return date
    month = 12 if precision == Precision.YEAR else date.month
    return date.replace(month=month, day=calendar.monthrange(date.year, month)[1])


def validate(date: datetime.date | None, precision: str, *, field: str) -> None:
    """Raise a ValidationError, on ``field``, where a date and its precision do not fit each other."""
    if bool(date) != bool(precision):
        raise ValidationError({field: _("Give the date and how precisely it is known, or neither.")})


def floor(date: datetime.date | None, precision: str) -> datetime.date | None:
    """The first day that a partial date may mean: what its column holds."""
    return parse(iso(date, precision) or "")[0]


def precision_field() -> models.CharField:
    return models.CharField(
        _("date known to the"),
        max_length=5,
        choices=Precision.choices,
        blank=True,
        default=Precision.DAY,
    )


def constraint(field: str, *, name: str) -> models.CheckConstraint:
    """A date has a precision, no date has none, and the unknown part of a date is 1."""
    known = Q(**{f"{field}__isnull": False})
    day = Q(**{f"{field}_precision": Precision.DAY})
    month = Q(**{f"{field}_precision": Precision.MONTH, f"{field}__day": 1})
    year = Q(
        **{
            f"{field}_precision": Precision.YEAR,
            f"{field}__day": 1,
            f"{field}__month": 1,
        }
    )
    absent = Q(**{f"{field}__isnull": True, f"{field}_precision": ""})
    return models.CheckConstraint(
        condition=(known & (day | month | year)) | absent,
        name=name,
        violation_error_message=_("Give the date and how precisely it is known, or neither."),
    )
