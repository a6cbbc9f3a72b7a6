"""Errors as problem details (RFC 9457)."""

from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


def handler(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What REST framework makes of an exception, as a problem; None for one that is nobody's to answer for."""
    answer = exception_handler(exc, context)
    if answer is None:
        return None
    if isinstance(exc, ValidationError):
        errors = {name: [str(error) for error in found] for name, found in exc.detail.items()}
        response = problem(400, f"Wrong here: {', '.join(errors)}.", errors=errors)
    else:
        detail = exc.detail if isinstance(exc, APIException) else ""
        response = problem(answer.status_code, str(detail))
    for name in ("WWW-Authenticate", "Retry-After"):
        if name in answer.headers:
            response.headers[name] = answer.headers[name]
    if isinstance(exc, Throttled):
        response.headers["Cache-Control"] = "no-store"
    return response


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return HttpResponse(orjson.dumps(told), content_type=MEDIA_TYPE, status=status)


def bad_request() -> HttpResponse:
    """For what Django would not read."""
    return problem(400, "This request could not be understood.")


def server_error() -> HttpResponse:
    """For what nobody foresaw."""
    return problem(500, "Something went wrong here, and is logged. Try again, and tell us if it stays so.")
