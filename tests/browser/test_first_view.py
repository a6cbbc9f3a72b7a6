"""What a reader who comes for the first time waits for: few bytes, of which nothing moves what is there already."""

import gzip

import pytest
from playwright.sync_api import Browser, Page, Response

MOST = 60_000  # bytes, pictures apart
PAGES = ("home", "claims", "article", "verdict")
# Since the page began to load; what follows from the reader's own doing does not count.
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts.push(entry.value);
  }).observe({type: "layout-shift", buffered: true});
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def transferred(answers: list[Response]) -> int:
    """As a server that compresses sends them."""
    return sum(len(gzip.compress(answer.body())) for answer in answers)


@pytest.mark.parametrize("name", PAGES)
def test_first_view_is_few_bytes(chromium: Browser, site: dict[str, str], name: str) -> None:
    page, answers = chromium.new_page(), []
    page.on("response", lambda answer: answer.request.resource_type == "image" or answers.append(answer))
    page.goto(site[name], wait_until="networkidle")
    kinds = {answer.request.resource_type for answer in answers}
    assert {"document", "stylesheet"} <= kinds
    assert 5_000 < transferred(answers) < MOST, [(answer.url, len(answer.body())) for answer in answers]
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_pages_load(chromium: Browser, site: dict[str, str], width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    for name in PAGES:
        page.goto(site[name], wait_until="networkidle")
        assert shifted(page) == [], name
    # What does move would be told.
    page.evaluate(
        "document.body.prepend(Object.assign(document.createElement('h1'), {textContent: 'An advertisement'}))"
    )
    assert sum(shifted(page)) > 0
    page.close()


def shifted(page: Page) -> list[float]:
    """How much moved, also further down."""
    for place in ("document.body.scrollHeight", "0"):
        page.evaluate(f"window.scrollTo(0, {place})")
        page.evaluate(TWO_FRAMES)
    return page.evaluate("window.shifts")
