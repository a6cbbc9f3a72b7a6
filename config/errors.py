"""What is answered where a request is refused before any page has looked at it, and where one has failed."""

from contextlib import suppress
from types import ModuleType

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.template.loader import render_to_string
from django.views import defaults

from claims.api import fact_check_errors, problems
from claims.pages.page import Gone

PIECE = 64 * 1024
# Where programs ask, which get an error in the shape that they can read; people get a page.
SHAPES = {"/api/": problems, "/v1alpha1/": fact_check_errors}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for what is too much at once; nothing of the request is in the page."""
    if shape := shape_of(request):
        return shape.bad_request()
    if not isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("400.html"), status=400)
    # A browser that is still sending when the connection is closed shows that, and not the page.
    with suppress(UnreadablePostError):
        while request.read(PIECE):
            pass
    return HttpResponse(render_to_string("413.html"), status=413)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, or 410 for what was there once."""
    if isinstance(exception, Gone):
        return HttpResponse(render_to_string("410.html", {"reason": str(exception)}, request), status=410)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    shape = shape_of(request)
    return shape.server_error() if shape else defaults.server_error(request)


def shape_of(request: HttpRequest) -> ModuleType | None:
    return next((shape for address, shape in SHAPES.items() if request.path.startswith(address)), None)
