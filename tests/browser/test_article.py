"""An article's page in Chromium: its legend filters, its list follows the reader, and keys lead through it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article
from tests.browser.faults import listen, violations
from tests.claims import factories

FILLER = "\n\nNothing was said for a long while, and then somebody else spoke of something else." * 12


@pytest.fixture
def article(committed: None) -> Article:
    article = factories.article(f"It rained.{FILLER}\n\nIt snowed, and it froze.{FILLER}\n\nNobody minded.")
    for quote, rating in (("It rained", "true"), ("It snowed", "false"), ("it froze", "true"), ("Nobody", "false")):
        factories.published(factories.claim(quote, article=article, wording=quote), rating=factories.rating(rating))
    return article


@contextmanager
def opened(browser: Browser, server: LiveServer, article: Article, **view: object) -> Iterator[Page]:
    faults: list[str] = []
    with browser.new_context(reduced_motion="reduce", **view) as context:
        page = context.new_page()
        listen(page, server.url, faults)
        page.goto(server.url + article.get_absolute_url())
        yield page
    assert faults == []


def at(page: Page) -> str:
    return page.locator(".statements [aria-current=location] .statement-claim").inner_text()


def test_legend_shows_the_statements_of_the_verdicts_that_are_ticked(
    chromium: Browser, live_server: LiveServer, article: Article
) -> None:
    with opened(chromium, live_server, article) as page:
        page.get_by_role("checkbox", name="False 2").uncheck()
        expect(page.locator(".statements li").filter(visible=True)).to_have_count(2)
        expect(page.locator("sup").filter(visible=True)).to_have_count(2)
        expect(page.locator("#shown")).to_have_text("Shown: 2 of 4 statements.")
        assert violations(page) == []
        page.get_by_role("checkbox", name="True 2").uncheck()
        expect(page.locator(".statements li").filter(visible=True)).to_have_count(0)
        expect(page.get_by_role("button", name="Next statement")).to_be_disabled()
        page.set_viewport_size({"width": 360, "height": 640})
        page.locator(".statement").first.scroll_into_view_if_needed()
        assert violations(page) == []
        page.set_viewport_size({"width": 1280, "height": 720})
        for box in page.get_by_role("checkbox").all():
            box.check()
        expect(page.locator(".statements li").filter(visible=True)).to_have_count(4)
        expect(page.locator("#shown")).to_be_empty()


def test_list_follows_the_reader(chromium: Browser, live_server: LiveServer, article: Article) -> None:
    with opened(chromium, live_server, article, viewport={"width": 1280, "height": 500}) as page:
        expect(page.locator(".statements [aria-current]")).to_have_count(0)
        page.mouse.move(300, 300)
        page.locator(".statement", has_text="it froze").scroll_into_view_if_needed()
        page.mouse.wheel(0, 250)
        expect(page.locator("#statement-3")).to_have_attribute("aria-current", "location")
        page.mouse.wheel(0, 20_000)
        expect(page.locator("#statement-4")).to_have_attribute("aria-current", "location")
        expect(page.locator("#statement-3")).not_to_have_attribute("aria-current", "location")


def test_keys_lead_from_statement_to_statement(chromium: Browser, live_server: LiveServer, article: Article) -> None:
    with opened(chromium, live_server, article, viewport={"width": 1280, "height": 500}) as page:
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement === document.body"), "keys alone are no commands"
        page.locator("#mark-1").focus()
        heard = []
        for key in ("j", "j", "j", "j", "k"):
            page.keyboard.press(key)
            heard.append((page.evaluate("document.activeElement.id"), at(page)))
            assert page.evaluate("scrollY <= document.activeElement.getBoundingClientRect().top + scrollY")
        claims = ["It snowed", "it froze", "Nobody", "Nobody", "it froze"]
        assert heard == list(zip(["mark-2", "mark-3", "mark-4", "mark-4", "mark-3"], claims, strict=True))
        page.get_by_role("checkbox", name="True 2").uncheck()
        assert at(page) == "It snowed"
        expect(page.get_by_role("button", name="Previous statement")).to_be_disabled()
        page.get_by_role("button", name="Next statement").click()
        assert page.evaluate("document.activeElement.id") == "mark-4"


def test_first_step_is_to_the_first_statement(chromium: Browser, live_server: LiveServer, article: Article) -> None:
    with opened(chromium, live_server, article) as page:
        page.get_by_role("checkbox", name="True 2").uncheck()
        for claim in ("It snowed", "Nobody"):
            page.get_by_role("button", name="Next statement").click()
            assert at(page) == claim
        expect(page.get_by_role("button", name="Next statement")).to_be_disabled()


def test_link_to_a_statement_leads_the_reader_there(
    chromium: Browser, live_server: LiveServer, article: Article
) -> None:
    with opened(chromium, live_server, article) as page:
        page.locator(".strip rect").nth(1).click()
        assert at(page) == "it froze"
        page.reload()
        assert at(page) == "it froze"


def test_phone_has_the_statement_at_hand_while_its_text_is_read(
    chromium: Browser, live_server: LiveServer, article: Article
) -> None:
    with opened(chromium, live_server, article, viewport={"width": 360, "height": 640}) as page:
        steps = page.get_by_role("navigation", name="From statement to statement")
        expect(steps).to_be_hidden()
        page.locator(".statement", has_text="It snowed").scroll_into_view_if_needed()
        expect(steps).to_be_visible()
        page.get_by_role("button", name="Next statement").click()
        expect(page.locator("#current")).to_have_text(at(page))
        focused = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert focused < page.evaluate("document.getElementById('steps').getBoundingClientRect().top")
        assert violations(page) == []


def test_page_without_scripts_has_all_of_it(chromium: Browser, live_server: LiveServer, article: Article) -> None:
    with opened(chromium, live_server, article, java_script_enabled=False) as page:
        expect(page.locator(".statements li").filter(visible=True)).to_have_count(4)
        expect(page.locator(".strip rect")).to_have_count(4)
        expect(page.get_by_role("checkbox")).to_have_count(0)
        expect(page.get_by_role("button")).to_have_count(0)
        page.locator("a.place").nth(3).click()
        expect(page).to_have_url(live_server.url + article.get_absolute_url() + f"#claim-{article.claims.last().pk}")
