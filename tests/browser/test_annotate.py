"""Recording statements in Chromium: with the mouse, with the keyboard alone, over a bad line and without scripts."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim
from tests.browser.annotating import TEXT, drag, open_page
from tests.browser.desk import follow
from tests.claims import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_statements_are_recorded_with_the_mouse(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    article = factories.article(TEXT, published_on="2022-07-12", published_on_precision="day")
    factories.speaker("Ada Minister")
    page = open_page(chromium, live_server, article, faults)
    drag(page, "Nobody was left behind")
    page.locator("#record-here").click()
    panel = page.get_by_role("dialog", name="Record statement")
    expect(panel.get_by_label("The claim")).to_have_value("Nobody was left behind")
    expect(panel.get_by_label("How the article gives them")).to_have_value("direct_quote")
    expect(panel.get_by_label("Said on")).to_have_value("2022-07-12")
    panel.get_by_label("Speaker", exact=True).fill("ada")
    panel.get_by_role("option", name="Ada Minister").click()
    expect(panel.get_by_label("Speaker", exact=True)).to_have_value("Ada Minister")
    panel.get_by_label("Passing on the words of").fill("The Ministry")
    panel.get_by_role("option", name="Create “The Ministry” as an organisation").click()
    panel.get_by_label("Topics").fill("Vaccines")
    panel.get_by_role("option", name="Create “Vaccines”").click()
    expect(panel.get_by_role("button", name="Remove Vaccines")).to_be_visible()
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("status").first).to_have_text("Recorded: Nobody was left behind")
    expect(page.locator("#text mark")).to_have_text("Nobody was left behind")
    expect(page.locator(".legend")).to_have_text("new 1")
    claim = Claim.objects.get()
    assert (claim.quote, claim.speaker.name, claim.relays.kind) == (
        "Nobody was left behind",
        "Ada Minister",
        "organization",
    )
    assert [topic.name for topic in claim.topics.all()] == ["Vaccines"]
    assert faults == []


def test_nested_and_overlapping_statements_stay_reachable(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    article = factories.article(TEXT)
    outer = factories.claim("94 per cent of people were vaccinated", article=article)
    inner = factories.claim("people were vaccinated, a record", article=article)
    page = open_page(chromium, live_server, article, faults)
    both = page.locator("#text a", has_text="people were vaccinated")
    both.click()
    choices = page.get_by_role("group", name="Several statements are made here")
    expect(choices.get_by_role("link")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(choices).to_be_hidden()
    both.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + reverse("admin:claims_claim_change", args=[inner.pk]))
    page.go_back()
    page.locator("#text a", has_text="94 per cent of").click()
    expect(page).to_have_url(live_server.url + reverse("admin:claims_claim_change", args=[outer.pk]))
    page.go_back()
    # Words inside a statement can be selected: a drag there opens nothing.
    drag(page, "per cent")
    expect(page.locator("#record-here")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("dialog").locator(".taken")).to_have_text("per cent")
    assert faults == []


def test_statement_is_recorded_with_the_keyboard_alone(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    article = factories.article(TEXT)
    page = open_page(chromium, live_server, article, faults)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    keys = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowLeft"]
    for key in keys:
        page.keyboard.press(key)
    assert page.evaluate("getSelection().toString()") == "Prisoners came first"
    expect(page.locator("#heard")).to_have_text("Prisoners came first")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Record statement")
    expect(panel.get_by_label("The claim")).to_be_focused()
    page.keyboard.type(" Of all.")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("r")
    expect(panel.get_by_label("The claim")).to_have_value("Prisoners came first. Of all.")
    page.keyboard.press("Tab")
    page.keyboard.type("The Ministry")
    expect(panel.locator(".names li")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status").first).to_have_text("“The Ministry” is there now.")
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()
    claim = Claim.objects.get()
    assert (claim.quote, claim.wording) == ("Prisoners came first.", "Prisoners came first. Of all.")
    assert (claim.speaker.name, claim.speaker.kind) == ("The Ministry", "organization")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getSelection().toString()") == "It", "the cursor goes on after the statement"
    assert faults == []


def test_one_selection_carries_several_statements(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    article = factories.article(TEXT)
    page = open_page(chromium, live_server, article, faults)
    drag(page, "Tuesday", "Nobody was left behind")
    page.get_by_role("button", name="Record statement").first.click()
    panel = page.get_by_role("dialog", name="Record statement")
    panel.get_by_label("The claim").fill("One.")
    panel.get_by_label("Occasion").fill("a press conference")
    panel.get_by_role("button", name="Save and record another").click()
    expect(panel.locator(".told")).to_have_text("Recorded: One.")
    expect(panel.get_by_label("Occasion")).to_have_value("a press conference")
    panel.get_by_label("The claim").fill("")
    panel.get_by_label("Said on").fill("July")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel.get_by_label("Said on")).to_be_focused()
    expect(panel.locator(".asked-stated_on .errorlist")).to_have_text(
        "“July” is not a date: write 2022-07-12, 2022-07 or 2022."
    )
    panel.get_by_label("Said on").fill("2022-07")
    panel.get_by_label("The claim").fill("Two.")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_be_hidden()
    expect(page.locator(".statements ol li")).to_have_count(2)
    one, two = Claim.objects.order_by("pk")
    assert (one.quote_start, one.quote_end) == (two.quote_start, two.quote_end)
    assert one.quote == article.text[article.text.index("Tuesday") : article.text.index(",” the")]
    faults = [fault for fault in faults if "422" not in fault]
    assert faults == []


def test_lost_connection_loses_no_typing(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    page = open_page(chromium, live_server, factories.article(TEXT), faults)
    drag(page, "Prisoners came first")
    page.keyboard.press("r")
    panel = page.get_by_role("dialog", name="Record statement")
    panel.get_by_label("The claim").fill("Prisoners were first in line.")
    page.context.set_offline(True)
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("What you typed is still here")
    page.context.set_offline(False)
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_be_hidden()
    assert Claim.objects.get().wording == "Prisoners were first in line."


BREAK = """() => {
  const whole = window.fetch;
  window.mend = () => (window.fetch = whole);
  const broken = () => new ReadableStream({ start: (body) => body.error(new TypeError("The connection broke.")) });
  window.fetch = async () => new Response(broken(), { headers: { "Content-Type": "application/json" } });
}"""


def test_answer_that_breaks_off_loses_no_typing(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    page = open_page(chromium, live_server, factories.article(TEXT), faults)
    panel = page.get_by_role("dialog", name="Record statement")
    page.evaluate(BREAK)
    drag(page, "Prisoners came first")
    page.keyboard.press("r")
    expect(panel.get_by_role("alert")).to_contain_text("The server cannot be reached")
    expect(panel).not_to_contain_text("One moment")
    page.keyboard.press("Escape")
    page.evaluate("mend()")
    page.keyboard.press("r")
    panel.get_by_label("The claim").fill("Prisoners were first in line.")
    page.evaluate(BREAK)
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel.get_by_role("alert")).to_contain_text("What you typed is still here")
    page.evaluate("mend()")
    panel.get_by_role("button", name="Save", exact=True).click()
    expect(panel).to_be_hidden()
    assert (Claim.objects.get().wording, faults) == ("Prisoners were first in line.", [])


def test_page_works_without_scripts(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    page = open_page(chromium, live_server, factories.article(TEXT), faults, java_script_enabled=False)
    page.get_by_text("Record a statement by typing its words").click()
    page.get_by_label("The article’s words").fill("left")
    page.get_by_label("Speaker", exact=True).fill("Ada")
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("There is no speaker named “Ada”.")).to_be_visible()
    page.get_by_label("person", exact=True).check()
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("Recorded: left")).to_be_visible()
    assert Claim.objects.get().speaker.name == "Ada"
