"""What is done for the desk is done there and nowhere else, and what is done for pages is not done for what is pulled.

The public half sets no cookie, varies by none, and costs less.
"""

from typing import Any

from csp.middleware import CSPMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from pghistory.middleware import HistoryMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

from config.public import OPEN, PAGES

DESK = "/admin/"


class AtTheDesk:
    """Mixed into a middleware, lets requests for anything but the desk pass by it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DESK):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)  # type: ignore[attr-defined]


class DeskSession(AtTheDesk, SessionMiddleware):
    pass


class DeskAuthentication(AtTheDesk, AuthenticationMiddleware):
    pass


class DeskMessages(AtTheDesk, MessageMiddleware):
    pass


class DeskHistory(AtTheDesk, HistoryMiddleware):
    pass


class OnPages:
    """Mixed into a middleware, lets requests for what partners pull pass by it."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(OPEN) and not request.path_info.startswith(PAGES):
            return self.get_response(request)  # type: ignore[attr-defined]
        return super().__call__(request)  # type: ignore[misc]


class PageFiles(OnPages, WhiteNoiseMiddleware):
    pass


class PagePolicy(OnPages, CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """A 304 keeps the policy that its page has: it may be another than this one, as the card's is."""
        return response if response.status_code == 304 else super().process_response(request, response)


class DeskForms(AtTheDesk, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseForbidden | None:
        return super().process_view(request, *view) if request.path_info.startswith(DESK) else None


class PageFrames(OnPages, XFrameOptionsMiddleware):
    pass
