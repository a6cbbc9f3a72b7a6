"""The yardstick from below: the same bytes with nothing between PostgreSQL and the WSGI server."""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from psycopg.adapt import Loader

PAGE = """
SELECT c.ordinal, p.document
FROM claims_publishedclaim AS c JOIN claims_publication AS p ON p.sequence = c.publication_id
ORDER BY c.ordinal DESC LIMIT 51
"""
THREAD = threading.local()


class Bytes(Loader):
    """Text as it comes: what is only passed on need not be decoded."""

    def load(self, data: Any) -> bytes:
        return bytes(data)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not hasattr(THREAD, "connection"):
        THREAD.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        THREAD.connection.adapters.register_loader("text", Bytes)
    rows = THREAD.connection.execute(PAGE).fetchall()
    following = f"http://{environ['HTTP_HOST']}/api/v1/claims/?cursor=after-{rows[49][0]}"
    documents = [document for _, document in rows[:50]]
    documents[0] = f'{{"count":{rows[0][0]},"next":"{following}","previous":null,"results":['.encode() + documents[0]
    documents[-1] += b"]}"
    body = b",".join(documents)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
