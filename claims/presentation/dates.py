"""Dates for people to read."""

from datetime import datetime

from django.utils import dateformat
from django.utils.translation import pgettext

from sources import dates


def partial_date(text: str) -> str:
    """A full or reduced ISO 8601 date in words: “12 July 2022”, “July 2022”, “2022”."""
    date, precision = dates.parse(text)
    if date is None:
        return ""
    formats = {
        "day": pgettext("date format", "j F Y"),
        "month": pgettext("date format", "F Y"),
        "year": pgettext("date format", "Y"),
    }
    return dateformat.format(date, formats[precision])


def parsed(text: str) -> datetime:
    """A time as documents write it."""
    return datetime.fromisoformat(text)


def moment(time: datetime) -> str:
    """A point in time in words, to the minute, in UTC as the ledger keeps it."""
    return dateformat.format(time, pgettext("date format", "j F Y, H:i")) + " UTC"
