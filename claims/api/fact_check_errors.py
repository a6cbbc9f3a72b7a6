"""Errors in the shape of Google's APIs: ``{"error": {"code": 400, "message": "…", "status": "…", "details": […]}}``."""

from math import ceil
from typing import Any

import orjson
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from rest_framework.exceptions import APIException, AuthenticationFailed, NotAuthenticated, Throttled

from claims.api.fact_check_parameters import Refused

Json = dict[str, Any]

DETAIL = "type.googleapis.com/google.rpc."
# google.rpc.Code knows no method that is not allowed; what it has for such is this.
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
BAD_KEY = "API key not valid. Please pass a valid API key."
TOO_MANY = "Quota exceeded: too many requests. Try again later."
INTERNAL = "Internal error encountered."
UNREADABLE = "Request contains an invalid argument."


class GoogleErrors:
    """Mixed into an APIView, answers all that goes wrong in it in Google's shape."""

    def handle_exception(self, exc: Exception) -> HttpResponse:
        match exc:
            case Refused(violations=violations):
                return _response(400, str(exc), _bad_request(violations))
            case AuthenticationFailed() | NotAuthenticated():
                return _response(400, BAD_KEY, _error_info("API_KEY_INVALID"))
            case Throttled(wait=wait):
                response = _response(429, TOO_MANY, _error_info("RATE_LIMIT_EXCEEDED"))
                if wait:
                    response["Retry-After"] = str(ceil(wait))
                return response
            case APIException(status_code=code, detail=detail):
                return _response(code, str(detail))
            case Http404():
                return _response(404, "Not found.")
            case SuspiciousOperation():
                return bad_request()
        return self._internal(exc)

    def _internal(self, exc: Exception) -> HttpResponse:
        """Told to the log and to whoever listens as Django tells it, which never gets to see this one."""
        request = self.request._request
        response = server_error()
        got_request_exception.send(sender=type(self), request=request)
        log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=exc)
        return response


def bad_request() -> HttpResponse:
    """For what Django would not read."""
    return _response(400, UNREADABLE)


def server_error() -> HttpResponse:
    """For what nobody foresaw."""
    return _response(500, INTERNAL)


def _response(code: int, message: str, *details: Json) -> HttpResponse:
    error: Json = {"code": code, "message": message, "status": STATUSES.get(code, "UNKNOWN")}
    if details:
        error["details"] = details
    body = orjson.dumps({"error": error}, option=orjson.OPT_INDENT_2)
    return HttpResponse(body, status=code, content_type="application/json")


def _bad_request(violations: dict[str, str]) -> Json:
    listed = [{"field": name, "description": message} for name, message in violations.items()]
    return {"@type": f"{DETAIL}BadRequest", "fieldViolations": listed}


def _error_info(reason: str) -> Json:
    return {"@type": f"{DETAIL}ErrorInfo", "reason": reason, "domain": "googleapis.com"}
