"""The page on which statements are recorded, at every width and in both schemes, and with a very long article.

PICTURES names a folder to keep pictures of it in.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article, Claim
from tests.browser.annotating import TEXT, drag, open_page
from tests.browser.desk import follow
from tests.browser.faults import violations
from tests.claims import factories

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("PICTURES")


def exhibit() -> Article:
    article = factories.article(
        TEXT + "\n\nقال الوزير إن أحدًا لم يُترك.\n\n" + "Donaudampfschifffahrt" * 30,
        title="A ministry's record, and what it leaves out " + "x" * 200,
        byline="A. Writer",
    )
    factories.claim("94 per cent of people were vaccinated, a record in the region", article=article)
    factories.researched(factories.claim("94 per cent", article=article, topics=("Health",)))
    factories.researched(factories.claim("people were vaccinated", article=article, wording="W" * 300))
    factories.claim("أحدًا لم يُترك", article=article)
    lost = factories.claim("It had cost nothing", article=article)
    Claim.objects.filter(pk=lost.pk).update(anchor="lost")
    dropped = factories.claim("Prisoners came first", article=article)
    factories.workflow.drop(dropped, by=factories.user("publisher"))
    return article


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (820, "dark"), (1280, "light"), (1280, "dark")])
def test_page_is_accessible_and_fits_the_screen(
    chromium: Browser, live_server: LiveServer, width: int, scheme: str
) -> None:
    faults: list[str] = []
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    page = open_page(chromium, live_server, exhibit(), faults, **view)
    faults += [f"page: {fault}" for fault in violations(page)]
    picture(page, f"annotate-{width}-{scheme}", full_page=True)
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_text("Record a statement by typing its words").click()
    faults += [f"open: {fault}" for fault in violations(page)]
    page.get_by_label("The article’s words").fill("the")
    follow(page.get_by_role("button", name="Save", exact=True))
    faults += [f"asking: {fault}" for fault in violations(page)]
    picture(page, f"annotate-asking-{width}-{scheme}")
    page.goto(page.url.partition("#")[0])
    drag(page, "Nobody was left behind")
    picture(page, f"annotate-selected-{width}-{scheme}")
    page.locator("#record-here").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Speaker", exact=True).fill("spe")
    expect(panel.locator(".names li").first).to_be_visible()
    faults += [f"panel: {fault}" for fault in violations(page)]
    picture(page, f"annotate-panel-{width}-{scheme}")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator("#text a", has_text="people were vaccinated").click()
    faults += [f"list: {fault}" for fault in violations(page)]
    picture(page, f"annotate-covering-{width}-{scheme}")
    assert "\n".join(fault for fault in faults if "422" not in fault) == ""


def picture(page: Page, name: str, **options: object) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", caret="initial", animations="allow", **options)


def test_long_article_stays_responsive(chromium: Browser, live_server: LiveServer) -> None:
    """100,000 characters, 300 statements: no step of the page's own script takes long enough to be noticed."""
    faults: list[str] = []
    sentence = "In the {n}th year the province’s 𝒯reasury said that {n} per cent of its dues were paid, and no more. "
    sentences = [sentence.format(n=number) + "\n\n" * (number % 5 == 0) for number in range(1000)]
    article = factories.article("".join(sentences))
    by, speaker = article.created_by, factories.speaker()
    at = 0
    for number, text in enumerate(sentences[:900]):
        if number % 3 == 0:
            made = Claim(article=article, quote_start=at, quote_end=at + 60, form="paraphrase", stated_on_precision="")
            made.wording, made.speaker = f"Claim {number}.", speaker
            factories.intake.record_claim(made, by=by)
        at += len(text)
    assert len(article.text) >= 100_000
    page = open_page(chromium, live_server, article, faults)
    page.locator("#text").focus()
    page.keyboard.press("PageDown")
    longest = page.evaluate("""async () => {
      const times = {};
      const timed = async (name, work) => {
        const from = performance.now();
        await work();
        times[name] = performance.now() - from;
      };
      const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const region = document.getElementById("text");
      const press = (key, shiftKey = false) =>
        region.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }));
      await timed("next word", () => press("ArrowRight"));
      await timed("next paragraph", () => press("PageDown"));
      await timed("stretch to the next sentence", () => press("ArrowDown", true));
      await timed("selection", drawn);
      return times;
    }""")
    page.keyboard.press("r")
    panel = page.get_by_role("dialog", name="Record statement")
    expect(panel.get_by_label("The claim")).to_be_focused()
    panel.get_by_label("The claim").fill("A new claim.")
    page.evaluate("""() => {
      const observed = window.longTasks = [];
      new PerformanceObserver((list) => observed.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: "longtask" });
      performance.mark("saving");
      const said = document.getElementById("said");
      new MutationObserver(() => performance.mark("shown")).observe(said, { childList: true });
    }""")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_be_hidden()
    expect(page.locator("#said")).to_have_text("Recorded: A new claim.")
    page.wait_for_timeout(200)
    longest["saving, with the server"] = page.evaluate(
        "performance.getEntriesByName('shown')[0].startTime - performance.getEntriesByName('saving')[0].startTime"
    )
    longest["longest task after saving"] = page.evaluate("Math.max(0, ...window.longTasks)")
    print(longest)  # what `pytest -s` is asked for
    assert max(value for name, value in longest.items() if "server" not in name) < 1000
    assert faults == []
