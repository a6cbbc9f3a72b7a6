"""Sessions, sign-ins, messages and history where people work on the desk, and nowhere else.

The public half needs none of them: without them it sets no cookie, varies by none, and costs less.
"""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import HistoryMiddleware

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
