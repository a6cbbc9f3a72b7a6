"""Stored JSON text, from PostgreSQL to whoever reads it as the bytes that it is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from psycopg.abc import Buffer
from psycopg.adapt import Loader

ENTRY = ("sequence", "kind", "note", "hash", "previous_hash", "published_at", "document")


class Utf8(Loader):
    """A value of PostgreSQL's ``text``, not decoded."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


def rows(queryset: QuerySet) -> list[tuple[Any, ...]]:
    """The rows of a ``values_list``, with a TextField's values as UTF-8 bytes (a CharField's are str)."""
    try:
        sql, parameters = queryset.query.sql_with_params()
    except EmptyResultSet:
        return []
    return fetch(sql, parameters, using=queryset.db)


def fetch(sql: str, parameters: Sequence[Any], *, using: str = DEFAULT_DB_ALIAS) -> list[tuple[Any, ...]]:
    """The rows of a query in SQL, in the same way."""
    with connections[using].cursor() as cursor:
        cursor.adapters.register_loader("text", Utf8)
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def entry(row: tuple[Any, ...]) -> bytes:
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
