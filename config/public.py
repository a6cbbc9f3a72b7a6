"""What all answers about the public record have in common, so that readers, partners and CDNs can keep them."""

import threading
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication

import psycopg
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from claims import freshness, slots
from claims.api import limits
from claims.pages.page import ACCEPTED

# What is not made of the public record. All else is, and is kept by whoever asked for it.
APART = ("/admin/", "/static/", "/healthz", "/readyz", "/favicon.ico", "/robots.txt")
# What partners pull. It is open to be read by the scripts of any page, and limited.
OPEN = ("/api/", "/v1alpha1/", "/feeds/", "/oembed/")
# Among them what is a page, and what is no view of REST framework's, which count their requests themselves.
PAGES = ("/api/docs/",)
UNCOUNTED = ("/feeds/", "/oembed/")
# Views that find the record's state by the very query that finds what they answer, and tell the request.
FIND_STATE = {"api:claim-detail"}
# Types of what is as small already as it can be made.
PACKED = "image/"
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
# Of what is no page: nothing in it is to be run or shown in a frame.
POLICY = "default-src 'none'; frame-ancestors 'none'"
SAFE = ("GET", "HEAD")
# What a 304 says of the answer that it stands for.
SAID_AGAIN = ("Cache-Control", "ETag", "Last-Modified", "RateLimit", "RateLimit-Policy", "Vary")
Environ = dict[str, Any]
Handler = Callable[[HttpRequest], HttpResponse]


class OpenGZip(GZipMiddleware):
    """Compression of what holds no secret, and would be smaller."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(APART):
            return response
        response = self.packed(request, response)
        if request.method == "HEAD" and not response.streaming and response.content:  # type: ignore[attr-defined]
            leave_body_out(response)  # type: ignore[arg-type]
        return response

    def packed(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(PACKED):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not ACCEPTED.search(request.headers.get("Accept-Encoding", "")):
            return response
        return super().process_response(request, response)


class OpenRecord:
    """Validators, conditional requests, cache headers, limits and CORS.

    ``request.record_state`` is the record's state from before the answer was made, or of the same moment: if it
    changes meanwhile, the answer is newer than its tag says, and is asked for again.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(APART):
            return self.get_response(request)
        is_open = request.path_info.startswith(OPEN)
        if is_open and is_preflight(request):
            return HttpResponse(status=204, headers=CROSS_ORIGIN | PREFLIGHT)
        response = self.answer(request) if request.method in SAFE else self.counted(request)
        if is_open:
            self.open_up(request, response)
        return response

    def open_up(self, request: HttpRequest, response: HttpResponse) -> None:
        if response.streaming and "gunicorn.socket" in request.META:
            # Until the next request with this connection, for which gunicorn sets it anew.
            request.META["gunicorn.socket"].settimeout(slots.SENT_WITHIN)
        tell(response, CROSS_ORIGIN)
        if not request.path_info.startswith(PAGES):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        if request.method == "OPTIONS":
            tell(response, PREFLIGHT)

    def answer(self, request: HttpRequest) -> HttpResponse:
        state = freshness.current() if is_tagged(request.META) else None
        request.record_state = state  # type: ignore[attr-defined]
        if state and (headers := unchanged(request.META, state)):
            return HttpResponseNotModified(headers=headers)
        response = self.counted(request)
        state = request.record_state  # type: ignore[attr-defined]
        if state and response.status_code == 200:
            found = freshness.headers(state, asked(request.META))
            patch_vary_headers(response, found.pop("Vary").split(", "))
            # One who comes with a key is told already that the answer is for nobody else.
            response.headers.setdefault("Cache-Control", found.pop("Cache-Control"))
            tell(response, found)
            if not is_tagged(request.META) and freshness.still_good(found, **conditions(request.META)):
                return without_body(response)
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Called by Django when it knows what is to answer, and before that does."""
        match = request.resolver_match
        if getattr(request, "record_state", ...) is None and match and match.view_name not in FIND_STATE:
            request.record_state = freshness.current()  # type: ignore[attr-defined]

    def counted(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(UNCOUNTED):
            return self.get_response(request)
        response = limits.refusal(request.META) or self.get_response(request)
        limits.tell(response, request.META)
        return response


class UnchangedFirst:
    """A WSGI application that answers, before another is troubled, that what the client has is still good.

    It has a connection of its own for each thread, since Django's is made ready and given back at each request.
    """

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self.local = threading.local()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        asked = is_tagged(environ) and not path.startswith(APART) and environ["REQUEST_METHOD"] in SAFE
        if asked and (headers := self.unchanged(environ)):
            also = CROSS_ORIGIN if path.startswith(OPEN) else {}
            start_response("304 Not Modified", list((also | headers).items()))
            return []
        return self.application(environ, start_response)

    def unchanged(self, environ: Environ) -> dict[str, str]:
        """The headers of a 304; none also where the database does not answer: then the application says so."""
        version = self.version()
        if version is None:
            return {}
        try:
            return unchanged(environ, version)
        except Error:
            return {}
        finally:
            # To count is to use Django's own connection, and no request of Django's is here to give it back.
            connection.close_if_unusable_or_obsolete()

    def version(self) -> freshness.Version | None:
        try:
            if not hasattr(self.local, "connection"):
                parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
                self.local.connection = psycopg.connect(**parameters, autocommit=True)
            found = self.local.connection.execute(freshness.VERSION).fetchone()
            return found and freshness.Version(*found)
        except psycopg.Error:
            self.local.__dict__.pop("connection", None)
            return None


def tell(response: HttpResponse, headers: dict[str, str]) -> None:
    for name, value in headers.items():
        response.headers[name] = value


def is_preflight(request: HttpRequest) -> bool:
    """A browser's question, before it sends what a script wants sent."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def leave_body_out(response: HttpResponse) -> None:
    """What a HEAD gets: servers drop it anyway, and complain.

    How long it is compressed is not said: Django puts in a random number of bytes each time, against who would guess.
    """
    response.headers.setdefault("Content-Length", str(len(response.content)))
    if "Content-Encoding" in response.headers:
        del response.headers["Content-Length"]
    response.content = b""


def without_body(response: HttpResponse) -> HttpResponse:
    """The 304 that says what an answer would."""
    response.close()
    return HttpResponseNotModified(headers={name: response[name] for name in SAID_AGAIN if name in response})


def is_tagged(environ: Environ) -> bool:
    """Whether the client names what it has, which was there: a time is told to what never was, too."""
    return "HTTP_IF_NONE_MATCH" in environ


def conditions(environ: Environ) -> dict[str, str]:
    tags, since = (environ.get(name, "") for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"))
    return {"if_none_match": tags, "if_modified_since": since}


def unchanged(environ: Environ, state: freshness.State | freshness.Version) -> dict[str, str]:
    """The headers of a 304; none where something else is to be said."""
    if not is_tagged(environ) or "key=" in environ.get("QUERY_STRING", ""):
        return {}
    found = freshness.headers(state, asked(environ))
    if not freshness.still_good(found, **conditions(environ)):
        return {}
    if not environ["PATH_INFO"].startswith(OPEN):
        return found
    try:
        allowance = limits.allowance(environ)
    except limits.UnknownKey:
        return {}
    if allowance.refused:
        return {}
    return found | allowance.headers()


def asked(environ: Environ) -> freshness.Asked:
    host, query, accept = (environ.get(name, "") for name in ("HTTP_HOST", "QUERY_STRING", "HTTP_ACCEPT"))
    return freshness.Asked(host, environ["PATH_INFO"], query, accept)
