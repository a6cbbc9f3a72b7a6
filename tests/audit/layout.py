"""Chromium over the pages of a large record: no word cut off, covered or lost."""

import os

from playwright.sync_api import sync_playwright

from tests.audit.tools import CHROMIUM
from tests.browser import sizes
from tests.browser.conftest import FLAGS


def faults(home: str, paths: dict[str, str]) -> list[str]:
    with sync_playwright() as playwright:
        # Playwright's event loop runs in this thread, which Django would take for asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = sizes.looked_at(browser, home)
        browser.close()
    return found
