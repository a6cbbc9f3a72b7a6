"""Somebody of the newsroom at a browser: what they press, fill in and see.

PICTURES names the folder to keep the pictures in that they take.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.faults import listen, violations
from tests.browser.hands import Mouse

PICTURES = os.environ.get("PICTURES")


class Person:
    """Somebody with a browser of their own, who signs in with a password and sees the desk."""

    def __init__(self, chromium: Browser, home: str, user: object, hand: type, faults: list[str]) -> None:
        self.page: Page = chromium.new_context(viewport={"width": 1280, "height": 960}).new_page()
        self.hand, self.home, self.faults = hand(self.page), home, faults
        listen(self.page, home, faults)
        self.page.goto(f"{home}/admin/")
        self.hand.fill(self.page.get_by_label("Username:"), user.username)
        self.hand.fill(self.page.get_by_label("Password:"), "password")
        self.follow(self.page.get_by_role("button", name="Log in"))
        expect(self.page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()

    def press(self, name: str | re.Pattern, role: str = "link", *, inside: str = "#content") -> None:
        found = self.page.locator(inside).get_by_role(role, name=name, exact=isinstance(name, str)).first
        self.follow(found) if role == "link" else self.hand.press(found)

    def follow(self, link: Locator) -> None:
        with self.page.expect_navigation():
            self.hand.press(link)

    def button(self, name: str, *, inside: str = "#content") -> None:
        self.press(name, "button", inside=inside)

    def fill(self, label: str, text: str, *, inside: str = "#content") -> None:
        self.hand.fill(self.page.locator(inside).get_by_label(label).first, text)

    def choose(self, label: str, option: str, *, inside: str = "#content") -> None:
        self.hand.choose(self.page.locator(inside).get_by_label(label).first, option)

    def desk(self) -> None:
        self.follow(self.page.locator("#site-name a"))
        expect(self.page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()

    def next_step(self, section: str) -> None:
        """Press the one button of the first line of one of the desk's lists."""
        self.desk()
        lines = self.page.get_by_role("region", name=section).locator("li").first
        self.follow(lines.locator("a.button"))

    def sees(self, text: str | re.Pattern) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def looks_right(self, name: str) -> None:
        self.faults += [f"{name}: {fault}" for fault in violations(self.page)]

    def picture(self, name: str) -> None:
        """Take a picture if pictures are wanted; have axe look at what it shows in any case."""
        self.looks_right(name)
        if PICTURES and isinstance(self.hand, Mouse):
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png")
