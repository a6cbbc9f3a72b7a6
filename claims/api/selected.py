"""Pages of a Selection: all of them are of the moment when the first was asked for."""

import datetime
import re
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.api import schema
from claims.api.pagination import Cursor, StoredPagination
from claims.moments import Moment
from claims.orders import ORDERS, Place
from claims.selection import Selection
from sources import dates

# Such as “after-29-at-512” or, by the day of the statement, “after-2022-07-12-29-at-512”.
CURSOR = re.compile(r"(after|before)-(?:(\d{4}-\d\d-\d\d)-)?(\d{1,9})-at-(\d{1,9})", re.ASCII)
DEFAULT_ORDER = "-published"
# An entry has its time before it can be seen, and that in whole seconds: of one just past, there may be more to come.
PAST = datetime.timedelta(seconds=10)


class SelectionPagination(StoredPagination):
    columns = ("pk", "stated", "document")
    parameters = ("cursor", "page_size", "ordering", "as_of")
    more_members = {
        "count": schema.COUNT | {"type": ["integer", "null"]},
        "sequence": schema.COUNT | {"description": "The newest ledger entry that the list takes in."},
    }

    def paginate_queryset(self, selection: Selection, request: Request, view: Any = None) -> list[Any]:
        self.order, self.selection = read_ordering(request), selection
        return super().paginate_queryset(selection, request, view)

    def fetch(self, selection: Selection, backwards: bool, limit: int) -> list[Any]:
        place = self.cursor and self.cursor.key
        return selection.page(self.columns, limit, order=self.order, place=place, backwards=backwards)

    def read_cursor(self, request: Request) -> Cursor | None:
        found = read_cursor(request)
        if found and (found[2] is None) == self.order.by_stated:
            raise ValidationError({"cursor": ["This cursor is of another ordering."]})
        return found and Cursor(found[0], Place(found[2] or datetime.date.min, found[1]))

    def key_of(self, row: Any) -> str:
        day = f"{row[1].isoformat()}-" if self.order.by_stated else ""
        return f"{day}{row[0]}-at-{self.selection.moment.entry}"

    def total(self, selection: Selection) -> int | None:
        if selection.words and not self.cursor and not self.has_next:
            return len(self.rows)
        return selection.total()

    def envelope(self) -> dict[str, Any]:
        return super().envelope() | {"sequence": self.selection.moment.entry}


def read_ordering(request: Request) -> Any:
    name = request.GET.get("ordering", DEFAULT_ORDER)
    if name not in ORDERS:
        raise ValidationError({"ordering": [f"Not an ordering: choose one of {', '.join(ORDERS)}."]})
    return ORDERS[name]


def read_cursor(request: Request) -> tuple[str, int, datetime.date | None, int] | None:
    """A cursor's side, the row's sequence and day, and the entry of the moment; None where none is given."""
    text = request.GET.get("cursor")
    if text is None:
        return None
    if match := CURSOR.fullmatch(text):
        try:
            day = datetime.date.fromisoformat(match[2]) if match[2] else None
            return match[1], int(match[3]), day, int(match[4])
        except ValueError:
            pass
    raise ValidationError({"cursor": ["Not a cursor: take it from a page's “next” or “previous”."]})


def read_moment(request: Request) -> Moment | None:
    """The one moment that a cursor and ``as_of`` ask for; None for the present one."""
    cursor, time = read_cursor(request), read_as_of(request)
    asked = Moment.at(time) if time else None
    if cursor is None:
        return asked
    found = Moment.of_entry(cursor[3])
    if found is None:
        raise ValidationError({"cursor": ["This cursor is of another record than this one: begin anew without it."]})
    if asked not in (None, found):
        raise ValidationError({"as_of": ["The cursor is of another time: leave “as_of” as it was, or out."]})
    return found


def read_as_of(request: Request) -> datetime.datetime | None:
    """A time with its zone, or the end of a day, month or year in UTC, that is well past."""
    text = request.GET.get("as_of")
    if text is None:
        return None
    time = _time(text)
    if time is None:
        raise ValidationError({"as_of": [f"“{text}” is not a time: write 2026-11-23T10:00:00Z or 2026-11-23."]})
    if time > timezone.now() - PAST:
        over = f"“{text}” is not over for {PAST.seconds} seconds yet: the record may still change."
        raise ValidationError({"as_of": [over]})
    return time


def _time(text: str) -> datetime.datetime | None:
    try:
        day, precision = dates.parse(text)
    except ValueError:
        return _moment(text)
    if day is None:
        return None
    return datetime.datetime.combine(dates.last_day(day, precision), datetime.time.max, datetime.UTC)


def _moment(text: str) -> datetime.datetime | None:
    try:
        # A plus that was not escaped has come as a space.
        time = parse_datetime(text.replace(" ", "+"))
        return time.astimezone(datetime.UTC) if time and time.tzinfo else None
    except (ValueError, OverflowError):
        return None
