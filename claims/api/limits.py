"""Who asks, and whether that is too much: API keys, limits, and what answers say of them."""

import math
import time
from collections.abc import MutableMapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.debug import sensitive_variables
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle

from claims import api_keys
from claims.api.anonymous import Visitors

Environ = MutableMapping[str, Any]

KEY, ANONYMOUS = "key", "anonymous"
COUNTED = "assay.allowance"  # in a request's environ: what counting it gave

PLAIN = "text/plain; charset=utf-8"
CHALLENGE = 'Bearer error="invalid_token"'
WRONG_KEY = "This is no API key, or one that was revoked."
TOO_MANY = "Too many requests: Retry-After says in how many seconds to go on."

visitors = Visitors()


class Allowance(NamedTuple):
    """Whether a request is let through, by which limit (0: none), and in how many seconds more is."""

    policy: str
    limit: int
    remaining: int
    reset: int
    refused: bool

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has them; what caches share says nothing of a single reader."""
        if not self.limit:
            return {}
        found = {"RateLimit-Policy": f'"{self.policy}";q={self.limit};w=60'}
        if self.policy == KEY or self.refused:
            found["RateLimit"] = f'"{self.policy}";r={self.remaining};t={self.reset}'
            found["Cache-Control"] = "no-store" if self.refused else "private"
        if self.refused:
            found["Retry-After"] = str(self.reset)
        return found


class UnknownKey(Exception):
    """No key has this secret, or it was revoked."""


@sensitive_variables()
def anonymous_allowed(environ: Environ) -> Allowance:
    """A request without a key. Counted once, however often this is asked of the same ``environ``; in microseconds."""
    if COUNTED not in environ:
        limit = max(settings.API_RATE_ANONYMOUS, 0)
        wait = math.ceil(visitors.count(address(environ), limit, now=time.time())) if limit else 0
        environ[COUNTED] = Allowance(ANONYMOUS, limit, 0, wait, wait > 0)
    return environ[COUNTED]


@sensitive_variables()
def key_allowed(environ: Environ, secret: str) -> Allowance:
    """A request with a key, counted once. Raises UnknownKey: then it is counted as one without."""
    if COUNTED not in environ or environ[COUNTED].policy != KEY:
        spent = api_keys.spend(secret)
        if spent is None:
            anonymous_allowed(environ)
            raise UnknownKey
        environ[COUNTED] = Allowance(KEY, *spent[1:])
    return environ[COUNTED]


def allowance(environ: Environ) -> Allowance:
    """A request with a key or without. Raises UnknownKey."""
    secret = bearer(environ)
    return anonymous_allowed(environ) if secret is None else key_allowed(environ, secret)


@sensitive_variables()
def bearer(environ: Environ) -> str | None:
    """The secret of ``Authorization: Bearer``; other schemes are not ours to judge."""
    scheme, _, secret = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


@sensitive_variables()
def take_query_key(request: HttpRequest) -> str | None:
    """The parameter ``key``, taken out of the request, so that no report of an error has it. For /v1alpha1 only."""
    if "key" not in request.GET:
        return None
    rest = request.GET.copy()
    secret = rest.pop("key")[-1]
    request.META["QUERY_STRING"] = rest.urlencode()
    for name in ("RAW_URI", "REQUEST_URI"):
        request.META.pop(name, None)
    request.__dict__.pop("GET", None)  # read anew from QUERY_STRING
    return secret


def address(environ: Environ) -> str:
    """Whoever is connected or, behind a proxy, whom the proxy says it is: what came before is anybody's to write."""
    if settings.BEHIND_PROXY and (forwarded := environ.get("HTTP_X_FORWARDED_FOR")):
        return _without_port(forwarded.rpartition(",")[2].strip())
    return environ.get("REMOTE_ADDR", "")


def _without_port(address: str) -> str:
    """Some proxies write 192.0.2.1:5678 and [2001:db8::1]:5678, with another port for each connection."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def refusal(environ: Environ) -> HttpResponse | None:
    """What is answered in the stead of what is no view of REST framework's; None for a request that is let through."""
    try:
        refused = allowance(environ).refused
    except UnknownKey:
        refused = anonymous_allowed(environ).refused
        if not refused:
            return HttpResponse(f"{WRONG_KEY}\n", PLAIN, status=401, headers={"WWW-Authenticate": CHALLENGE})
    return HttpResponse(f"{TOO_MANY}\n", PLAIN, status=429) if refused else None


class KeyAuthentication(BaseAuthentication):
    """A key is counted where it is looked up, in one statement; ``request.auth`` is what that gave."""

    @sensitive_variables()
    def authenticate(self, request: Request) -> tuple[None, Allowance] | None:
        secret = self.secret(request)
        if secret is None:
            return None
        try:
            return None, key_allowed(request.META, secret)
        except UnknownKey:
            guessing = anonymous_allowed(request.META)
        if guessing.refused:
            raise Throttled(guessing.reset)
        raise AuthenticationFailed(WRONG_KEY)

    def secret(self, request: Request) -> str | None:
        return bearer(request.META)

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class QueryKeyAuthentication(KeyAuthentication):
    """Where clients give their key as a parameter, too."""

    @sensitive_variables()
    def secret(self, request: Request) -> str | None:
        in_query = take_query_key(request._request)
        return super().secret(request) or in_query


class Throttle(BaseThrottle):
    def allow_request(self, request: Request, view: Any) -> bool:
        self.allowance = request.auth or anonymous_allowed(request.META)
        return not self.allowance.refused

    def wait(self) -> int:
        return self.allowance.reset


class Limited:
    """Mixed into a view, says with every answer what the limit is."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        tell(response, request.META)
        return response


def tell(response: HttpResponseBase, environ: Environ) -> None:
    """Give an answer the headers of its request's allowance, over others that it may have by then."""
    if response.status_code == AuthenticationFailed.status_code:
        response.headers["Cache-Control"] = "no-store"
    if COUNTED in environ:
        for name, value in environ[COUNTED].headers().items():
            response.headers[name] = value
