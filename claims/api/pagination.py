"""Pages that begin where another ended, by a key that never changes: nothing is skipped or repeated meanwhile."""

import re
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from claims.api import schema, stored

DEFAULT_SIZE, MAX_SIZE = 50, 200
WHOLE_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
CURSOR = re.compile(r"(after|before)-(\d{1,18})", re.ASCII)


class Cursor(NamedTuple):
    """Where a page is: next ``after`` or ``before`` the row with this key, in the list's order."""

    side: str
    key: int


class KeysetPagination(schema.Pages, BasePagination):
    """A list in the order of ``key``, a unique column that is written once."""

    key = "id"
    newest_first = False
    position = "cursor"

    @property
    def parameters(self) -> tuple[str, ...]:
        return (self.position, "page_size")

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        self.request, self.size, self.cursor = request, page_size(request), self.read_cursor(request)
        backwards = self.cursor is not None and self.cursor.side == "before"
        rows = self.fetch(queryset, backwards, self.size + 1)
        more = len(rows) > self.size
        rows = rows[: self.size]
        self.rows = rows[::-1] if backwards else rows
        came_from = self.cursor is not None and bool(rows)
        self.has_next, self.has_previous = (came_from, more) if backwards else (more, came_from)
        self.count = self.total(queryset)
        return self.rows

    def from_cursor(self, queryset: QuerySet, backwards: bool) -> QuerySet:
        falling = self.newest_first != backwards
        if self.cursor:
            queryset = queryset.filter(**{f"{self.key}__{'lt' if falling else 'gt'}": self.cursor.key})
        return queryset.order_by(f"-{self.key}" if falling else self.key)

    def fetch(self, queryset: QuerySet, backwards: bool, limit: int) -> list[Any]:
        return list(self.from_cursor(queryset, backwards)[:limit])

    def key_of(self, row: Any) -> Any:
        """What a cursor says of a row's place."""
        return getattr(row, self.key)

    def total(self, queryset: QuerySet) -> int:
        return queryset.count()

    def read_cursor(self, request: Request) -> Cursor | None:
        text = request.GET.get(self.position)
        if text is None:
            return None
        if match := CURSOR.fullmatch(text):
            return Cursor(match[1], int(match[2]))
        raise ValidationError({self.position: ["Not a cursor: take it from a page's “next” or “previous”."]})

    def envelope(self) -> dict[str, Any]:
        return {"count": self.count, "next": self.next_link(), "previous": self.previous_link()}

    def next_link(self) -> str | None:
        return self.link(f"after-{self.key_of(self.rows[-1])}") if self.has_next else None

    def previous_link(self) -> str | None:
        return self.link(f"before-{self.key_of(self.rows[0])}") if self.has_previous else None

    def link(self, position: Any) -> str:
        return replace_query_param(self.request.build_absolute_uri(), self.position, position)

    def get_paginated_response(self, data: list[Any]) -> Response:
        return Response(self.envelope() | {"results": data})


class NewestFirst(KeysetPagination):
    newest_first = True


class StoredPagination(KeysetPagination):
    """Rows of ``columns``, the key first, with text as bytes. The key counts 1, 2, 3 … without gaps."""

    columns: tuple[str, ...]

    def fetch(self, queryset: QuerySet, backwards: bool, limit: int) -> list[Any]:
        return stored.rows(self.from_cursor(queryset, backwards)[:limit].values_list(*self.columns))

    def key_of(self, row: Any) -> Any:
        return row[0]

    def total(self, queryset: QuerySet) -> int:
        """The highest key, off the page where it is there; only a filtered list is really counted."""
        if queryset.query.where:
            return queryset.count()
        at_the_highest = not (self.has_previous if self.newest_first else self.has_next)
        if self.rows and at_the_highest:
            return self.key_of(self.rows[0 if self.newest_first else -1])
        return queryset.aggregate(highest=Max(self.key))["highest"] or 0


class VersionPagination(StoredPagination):
    key = "version"
    columns = ("version", *stored.ENTRY)


class ChangePagination(StoredPagination):
    """The position is a sequence number that clients may keep for as long as they like."""

    key = "sequence"
    position = "after"
    columns = stored.ENTRY

    def read_cursor(self, request: Request) -> Cursor | None:
        text = request.GET.get(self.position)
        if text is None:
            return None
        if WHOLE_NUMBER.fullmatch(text):
            return Cursor("after", int(text))
        raise ValidationError({self.position: ["Not a sequence number: give that of the last entry you have, or 0."]})

    def next_link(self) -> str | None:
        return self.link(self.key_of(self.rows[-1])) if self.has_next else None

    def previous_link(self) -> str | None:
        before = self.key_of(self.rows[0]) - 1 if self.rows else 0
        return self.link(max(0, before - self.size)) if before else None


class WholeList(schema.Pages, BasePagination):
    """A list that is short by nature, in its own order and on one page."""

    parameters = ()

    def paginate_queryset(self, queryset: QuerySet, request: Request, view: Any = None) -> list[Any]:
        return list(queryset)

    def get_paginated_response(self, data: list[Any]) -> Response:
        return Response({"count": len(data), "next": None, "previous": None, "results": data})


def page_size(request: Request) -> int:
    text = request.GET.get("page_size")
    if text is None:
        return DEFAULT_SIZE
    if WHOLE_NUMBER.fullmatch(text) and 1 <= int(text) <= MAX_SIZE:
        return int(text)
    raise ValidationError({"page_size": [f"Not a whole number from 1 to {MAX_SIZE}."]})
