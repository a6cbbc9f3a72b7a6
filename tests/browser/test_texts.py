"""Bringing an article in and correcting its text, in Chromium, by keyboard, in both schemes and without scripts.

PICTURES names a folder to keep a picture of each page in, at every width and in both schemes.
"""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import correcting
from claims.models import Article, Claim
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

PICTURES = os.environ.get("PICTURES")
VIEWS = [(390, "light"), (1280, "dark")]
VIEWS += [(820, "light"), (390, "dark"), (820, "dark"), (1280, "light")] if PICTURES else []
TEXT = (
    "The ministry said on Tuesday that 94 per cent of people were vaccinated, a record in the region.\n\n"
    "“Nobody was left behind,” the minister said. Prisoners came first of all, he added.\n\n"
    "A spokesman added that it had cost the state nothing at all.\n\n"
    "The region has four countries. Each of them keeps figures of its own, and no two of them count alike."
)
AFTER = (
    TEXT.replace("94 per cent of people were", "close to 95 per cent of all people had been")
    .replace("Prisoners came first of all, he added.", "Prisoners came first of all. Prisoners came first of all!")
    .replace("A spokesman added that it had cost the state nothing at all.\n\n", "")
    .replace("The ministry", "After this article appeared, the ministry")
)
STATEMENTS = {
    "94 per cent of people were vaccinated": "More than nine in ten people had been vaccinated.",
    "Prisoners came first of all": "Prisoners were the first to be vaccinated.",
    "it had cost the state nothing at all": "The vaccines cost the state nothing.",
    "The region has four countries": "The region has four countries.",
}


@pytest.fixture
def article(live_server: LiveServer) -> Article:
    made = factories.article(TEXT, title="A ministry’s record, and what it leaves out")
    for quote, wording in STATEMENTS.items():
        claim = factories.claim(quote, article=made, wording=wording)
        if "four" in quote:
            factories.in_review(claim)
    return made


def looked_at(page: Page, name: str, width: int, scheme: str) -> list[str]:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True, caret="initial")
    return [f"{name} {width} {scheme}: {fault}" for fault in violations(page)]


def test_pages_of_texts_are_accessible_and_fit_the_screen(
    chromium: Browser, live_server: LiveServer, article: Article
) -> None:
    faults: list[str] = []
    annotator = factories.user("annotator")
    for width, scheme in VIEWS:
        page = sign_in(
            chromium, live_server, annotator, faults, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page.goto(live_server.url + reverse("admin:claims_article_changelist"))
        faults += looked_at(page, "articles", width, scheme)
        page.goto(live_server.url + reverse("admin:claims_article_add"))
        faults += looked_at(page, "add", width, scheme)
        page.get_by_role("textbox", name="Text").fill(TEXT)
        page.get_by_label("Title", exact=False).first.fill("Again")
        follow(page.get_by_role("button", name="Save"))
        faults += looked_at(page, "twins", width, scheme)
        page.goto(live_server.url + reverse("admin:claims_article_change", args=[article.pk]))
        faults += looked_at(page, "article", width, scheme)
        follow(page.get_by_role("link", name="Correct the text"))
        faults += looked_at(page, "correct", width, scheme)
        page.get_by_role("textbox", name="Text").fill(AFTER)
        follow(page.get_by_role("button", name="See what changes"))
        faults += looked_at(page, "correction", width, scheme)
        page.context.close()
    correcting.correct_text(article, AFTER, by=annotator)
    for width, scheme in VIEWS:
        page = sign_in(
            chromium, live_server, annotator, faults, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page.goto(live_server.url + reverse("admin:claims_article_anchors", args=[article.pk]))
        faults += looked_at(page, "anchors", width, scheme)
        page.goto(live_server.url + reverse("admin:claims_article_history", args=[article.pk]))
        faults += looked_at(page, "history", width, scheme)
        follow(page.get_by_role("link", name="Read the whole text of then").last)
        faults += looked_at(page, "text", width, scheme)
        page.context.close()
    assert faults == []


@pytest.mark.parametrize("scripts", [True, False])
def test_article_is_added_corrected_and_tied_again(
    chromium: Browser, live_server: LiveServer, tmp_path: Path, scripts: bool
) -> None:
    faults: list[str] = []
    page = sign_in(chromium, live_server, factories.user("annotator"), faults, java_script_enabled=scripts)
    file = tmp_path / "article.md"
    file.write_text(f"# A record\n\n{TEXT}")
    page.goto(live_server.url + reverse("admin:claims_article_add"))
    page.get_by_label("Or a file").set_input_files(file)
    follow(page.get_by_role("button", name="Save"))
    article = Article.objects.get()
    assert (article.title, page.url) == (
        "A record",
        live_server.url + reverse("admin:claims_article_annotate", args=[article.pk]),
    )
    for quote in STATEMENTS:
        factories.claim(quote, article=article)
    page.goto(live_server.url + reverse("admin:claims_article_correct", args=[article.pk]))
    page.get_by_role("textbox", name="Text").fill(AFTER)
    follow(page.get_by_role("button", name="See what changes"))
    follow(page.get_by_role("button", name="Correct the text"))
    tie_all(page)
    assert page.url.startswith(live_server.url + reverse("admin:claims_article_annotate", args=[article.pk]))
    assert [claim.quote for claim in Claim.objects.order_by("pk")] == [
        "close to 95 per cent of all people had been vaccinated",
        "Prisoners came first of all",
        "no two of them count alike",
        "The region has four countries",
    ]
    assert {claim.is_anchored for claim in Claim.objects.all()} == {True}
    assert faults == []
    page.context.close()


def test_outlet_is_found_by_its_name_or_added_in_place(chromium: Browser, live_server: LiveServer) -> None:
    faults: list[str] = []
    factories.publisher("The Mercury")
    page = sign_in(chromium, live_server, factories.user("annotator"), faults, color_scheme="dark")
    page.goto(live_server.url + reverse("admin:claims_article_add"))
    page.get_by_role("combobox", name="Outlet").press("Enter")
    page.get_by_role("searchbox", name="Outlet").fill("merc")
    page.locator(".select2-results__option--highlighted", has_text="The Mercury").wait_for()
    page.keyboard.press("Enter")
    outlet = page.locator(".field-outlet .select2-selection")
    expect(outlet).to_contain_text("The Mercury")
    faults += looked_at(page, "outlet", 1280, "dark")
    with page.expect_popup() as opened:
        page.click("#add_id_outlet")
    opened.value.fill("#id_name", "The Daily Planet")
    with opened.value.expect_event("close"):
        opened.value.click("input[name=_save]")
    expect(outlet).to_contain_text("The Daily Planet")
    page.get_by_role("textbox", name="Text").fill(TEXT)
    page.get_by_label("Title", exact=False).first.fill("A record")
    follow(page.get_by_role("button", name="Save"))
    assert Article.objects.get().outlet.name == "The Daily Planet"
    assert faults == []
    page.context.close()


def tie_all(page: Page) -> None:
    """Three statements are adrift: with similar words, with the same words twice, and without any."""
    first = page.locator("section.adrift-claim").first
    follow(first.get_by_role("button", name="Confirm"), "Enter")
    first.get_by_role("radio").nth(1).press("Space")
    follow(first.get_by_role("button", name="Confirm"), "Enter")
    first.get_by_label("The article’s own words").fill("no two of them count alike")
    follow(first.get_by_role("button", name="Tie it to these words"), "Enter")
    page.get_by_text("Tied to “no two of them count alike”.").wait_for()
