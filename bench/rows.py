"""Rows of one table, copied in."""

from collections.abc import Iterable
from itertools import chain


def copy(rows: Iterable[object]) -> None:
    """Write objects of one model as they are, keys and all; none will do."""
    from django.db import connection

    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [field for field in first._meta.concrete_fields if not field.has_db_default() and not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {first._meta.db_table} ({names}) FROM STDIN") as sink:
        for row in chain([first], rows):
            sink.write_row([field.get_prep_value(getattr(row, field.attname)) for field in fields])
