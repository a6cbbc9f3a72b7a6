"""The desk in Chromium, as somebody who has signed in sees it."""

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.faults import listen


def sign_in(chromium: Browser, live_server: LiveServer, user: User, faults: list[str], **context: object) -> Page:
    """A page in a browser of the user's own; what the console says (refusals of the security policy too), scripts'
    errors and requests to other hosts go to ``faults``.
    """
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    browser = chromium.new_context(**context)
    browser.add_cookies([cookie | {"url": live_server.url}])
    page = browser.new_page()
    listen(page, live_server.url, faults)
    return page


def follow(what: Locator, key: str = "") -> None:
    """Click (or press a key on) what leads to another page, and be there: a click alone waits for no page."""
    with what.page.expect_navigation():
        what.press(key) if key else what.click()
