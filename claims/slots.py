"""How many exports run at once on one database, however many processes serve it."""

from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import connection

# Among the advisory locks that have two numbers; the ledger's has one.
LOCKS = 7_302
RETRY_AFTER = 60  # seconds
# A client that takes no piece of it within so long is left, and its thread and slot are for others.
SENT_WITHIN = 90  # seconds
# Where the server does not know of that, PostgreSQL breaks the export off; the thread it cannot free.
PATIENCE = 120  # seconds


class AllTaken(Exception):
    """As many exports run as may; ``retry_after`` so many seconds another may be asked for."""

    retry_after = RETRY_AFTER

    def __str__(self) -> str:
        return f"{settings.EXPORTS_AT_ONCE} exports are running already, and no more may."


def in_one(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, in a slot that is held until they end or are closed; raises AllTaken where none is free."""
    begun = _in_one(chunks)
    next(begun)
    return begun


def _in_one(chunks: Iterator[bytes]) -> Iterator[bytes]:
    # A slot is a lock of a transaction, and goes with it whatever happens. It is not a transaction of the thread's own
    # connection: in that one, the next request would be, if ever a response were dropped without being closed.
    pool = connection.pool  # type: ignore[attr-defined]
    pool.open()
    with pool.connection() as holder, holder.transaction(force_rollback=True):
        if not _take(holder):
            raise AllTaken
        yield b""
        for chunk in chunks:
            yield chunk
            holder.execute("SELECT")


def _take(holder: psycopg.Connection) -> bool:
    holder.execute(f"SET LOCAL idle_in_transaction_session_timeout = '{PATIENCE}s'")
    free = "SELECT FROM generate_series(1, %s) AS slot WHERE pg_try_advisory_xact_lock(%s::int, slot::int) LIMIT 1"
    return holder.execute(free, [settings.EXPORTS_AT_ONCE, LOCKS]).fetchone() is not None
