"""Stored JSON text as responses."""

from typing import Any

import orjson
from django.http import HttpResponse

from claims.stored import ENTRY, Row, entry, rows

__all__ = ["ENTRY", "Row", "entry", "page", "response", "rows"]


def page(envelope: dict[str, Any], results: list[bytes]) -> HttpResponse:
    opening = orjson.dumps(envelope)[:-1] + b',"results":['
    if not results:
        return response(opening + b"]}")
    # Joined once, envelope and all: copying the documents is most of what is left to do.
    results[0] = opening + results[0]
    results[-1] += b"]}"
    return response(b",".join(results))


def response(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="application/json")
