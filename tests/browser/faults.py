"""What a page in Chromium does wrong."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}
# Reading sheets that other sheets import, axe adds styles of its own to the page, which the policy refuses and reports.
RULES |= {"preload": False, "resultTypes": ["violations"]}


def listen(page: Page, own: str, faults: list[str]) -> None:
    """Note errors on the console, refusals of the security policy too, those of scripts, and requests to others."""
    page.on("console", lambda message: message.type != "error" or faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", lambda asked: asked.url.startswith((own, "data:")) or faults.append(asked.url))


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is now, and whether it is wider than the screen."""
    found = Axe().run(page, options=RULES).response["violations"]
    faults = [f"{rule['id']} at {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    return faults + ([f"{wide}px too wide"] if (wide := beyond(page)) > 0 else [])


def beyond(page: Page) -> int:
    """How many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
