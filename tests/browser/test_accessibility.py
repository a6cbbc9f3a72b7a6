"""Every type of public page in Chromium: axe finds nothing, all words are in sight, nothing is refused or missing.

PICTURES names a folder to keep a picture of each page in, at every width and in both schemes.
"""

import os
from pathlib import Path

from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.faults import violations
from tests.browser.layout import misplaced

PICTURES = os.environ.get("PICTURES")
# Each scheme once, and the narrowest and the widest, are enough for the rules; pictures are taken in all.
VIEWS = [(360, "light"), (1440, "dark")]
VIEWS += [(360, "dark"), (768, "light"), (768, "dark"), (1440, "light")] if PICTURES else []
# What Chromium says of pages that say so themselves.
NOT_THERE = ("404 (Not Found)", "410 (Gone)")

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { html: one.outerHTML.slice(0, 90), outline: outlineStyle === "none" ? 0 : parseFloat(outlineWidth) };
}"""


def test_pages_are_accessible_fit_the_screen_and_log_nothing(
    chromium: Browser, live_server: LiveServer, site: dict[str, str]
) -> None:
    faults: list[str] = []
    for width, scheme in VIEWS:
        page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        _listen(page, live_server.url, faults)
        for name, address in site.items():
            page.goto(address)
            faults += [f"{name} {width} {scheme}: {fault}" for fault in violations(page) + misplaced(page, width)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        page.close()
    assert faults == []


def test_pages_can_be_read_with_the_keyboard_alone(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_page()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_what_has_the_focus_is_seen(chromium: Browser, site: dict[str, str]) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    unseen, walked = [], 0
    for name in ("home", "claims-found", "article", "verdict", "ledger"):
        page.goto(site[name])
        for _ in range(200):
            page.keyboard.press("Tab")
            if not (focused := page.evaluate(FOCUSED)):
                break
            walked += 1
            unseen += [] if focused["outline"] >= 2 else [(name, focused["html"])]
        else:
            unseen.append((name, "the keyboard does not come to its end"))
    page.close()
    assert unseen == []
    assert walked > 50


def _listen(page: Page, own: str, faults: list[str]) -> None:
    """Note what the console says, but that a page is not there, and every request to another host."""
    page.on("console", lambda said: said.text.endswith(NOT_THERE) or faults.append(f"console: {said.text}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda request: request.url.startswith(own) or faults.append(f"asked for {request.url}"))
