"""The desk in Chromium, as somebody who has signed in sees it."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}
# Reading sheets that other sheets import, axe adds styles of its own to the page, which the policy refuses and reports.
RULES |= {"preload": False}


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


def listen(page: Page, own: str, faults: list[str]) -> None:
    """Note what the console says, scripts' errors and requests to other hosts than one's own."""
    page.on("console", lambda message: message.type != "error" or faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda asked: asked.url.startswith((own, "data:")) or faults.append(asked.url))


def follow(what: Locator, key: str = "") -> None:
    """Click (or press a key on) what leads to another page, and be there: a click alone waits for no page."""
    with what.page.expect_navigation():
        what.press(key) if key else what.click()


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, and whether it is wider than the screen."""
    found = Axe().run(page, options=RULES).response["violations"]
    faults = [f"{rule['id']} at {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults + ([f"{beyond}px too wide"] if beyond > 0 else [])
