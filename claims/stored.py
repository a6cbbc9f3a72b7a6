"""Stored JSON text, from PostgreSQL to whoever reads it as the bytes that it is, and queries that are written once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, OuterRef, QuerySet, Subquery
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from claims.models.publication import Publication

ENTRY = ("sequence", "kind", "note", "hash", "previous_hash", "published_at", "document")
Row = tuple[Any, ...]


class Utf8(Loader):
    """A value of PostgreSQL's ``text``, not decoded."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class Cursor(psycopg.Cursor):
    """One that was told beforehand how to execute, since Django's wrapper has no way to pass that on."""

    def __init__(self, connection: psycopg.Connection, **options: Any) -> None:
        super().__init__(connection)
        self.options = options

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        return super().execute(query, params, **self.options, **options)


class Given(Expression):
    """A value that is told when the query is run."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, *args: Any) -> tuple[str, list["Given"]]:  # type: ignore[override]
        return "%s", [self]


class Query:
    """A ``values_list`` with values that are Given, of which Django has to write the SQL but once.

    So has PostgreSQL to plan it but once, unless ``varies``: what words are sought, say, makes another plan the best.
    """

    def __init__(self, queryset: QuerySet, *, varies: bool = False) -> None:
        self.sql, self.parameters = queryset.query.sql_with_params()
        self.prepare = False if varies else None

    def rows(self, given: dict[str, Any]) -> list[Row]:
        """As ``rows`` has them."""
        return fetch(self.sql, self.told(given), prepare=self.prepare)

    def expected(self, given: dict[str, Any]) -> int:
        """How many rows PostgreSQL expects, by what it knows of the columns' values; it looks at none of them."""
        [(plans,)] = fetch(f"EXPLAIN (FORMAT JSON) {self.sql}", self.told(given), prepare=self.prepare)
        return plans[0]["Plan"]["Plan Rows"]

    def told(self, given: dict[str, Any]) -> list[Any]:
        """The SQL's parameters."""
        return [given[one.name] if isinstance(one, Given) else one for one in self.parameters]


def document_of(sequence: str) -> Subquery:
    """The document of the entry that a column names: looked up for the rows that are told, and joined to no others."""
    return Subquery(Publication.objects.filter(pk=OuterRef(sequence)).order_by().values("document"))


def rows(queryset: QuerySet) -> list[Row]:
    """The rows of a ``values_list``, with a TextField's values as UTF-8 bytes (a CharField's are str)."""
    try:
        sql, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    return fetch(sql, parameters, using=queryset.db)


def fetch(
    sql: str, parameters: Sequence[Any] = (), *, using: str = DEFAULT_DB_ALIAS, **options: bool | None
) -> list[Row]:
    """The rows of a query in SQL, in that way. ``options`` are those of psycopg's execute.

    With ``prepare`` or without; by default, what is asked often. With ``binary``, bytes come as they are and not as
    digits that have to be read.
    """
    connection = connections[using]
    connection.ensure_connection()
    # Django's own cursor writes values into the SQL, which makes each query another one.
    plain: Any = Cursor(connection.connection, **options)
    plain.adapters.register_loader("text", Utf8)
    with (connection.make_debug_cursor if connection.queries_logged else connection.make_cursor)(plain) as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def entry(row: Row) -> bytes:
    """A ledger entry, its ENTRY columns given: the document in its envelope."""
    sequence, kind, note, own_hash, previous_hash, published_at, document = row
    envelope = {
        "sequence": sequence,
        "kind": kind,
        "note": note.decode(),
        "hash": own_hash,
        "previous_hash": previous_hash,
        "published_at": _timestamp(published_at),
    }
    return b'%b,"document":%b}' % (orjson.dumps(envelope)[:-1], document)


def _timestamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
