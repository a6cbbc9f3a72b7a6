"""The desk's front page, the list of claims and the forms for many, in Chromium."""

import datetime
import os
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims import people, workflow
from claims.models import Claim
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

PICTURES = os.environ.get("PICTURES")
WIDTHS = (390, 820, 1280) if PICTURES else (390, 1280)


@pytest.fixture
def rosa(committed: None) -> User:
    """Somebody with every role, and something in each of their lists."""
    user = factories.user("researcher", "reviewer", "publisher", first_name="Rosa", last_name="Searle")
    other = factories.user("publisher", first_name="Paula", last_name="Bligh")
    article = factories.article(title="A ministry’s record, and what it leaves out")
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    given = [factories.claim(article=article), factories.claim(article=article, wording=long_word)]
    people.assign(given, to=user, due_on=datetime.date(2020, 1, 1), by=other)
    people.assign(given[1:], to=user, due_on=datetime.date(2099, 1, 1), by=other)
    returned = factories.in_review(factories.claim(article=article), by=user)
    workflow.request_changes(returned, by=factories.user("reviewer"), comment="Say which year the figure is of.")
    factories.in_review(factories.claim(article=article))
    factories.approved(factories.claim(article=article))
    adrift = factories.claim(article=article)
    Claim.objects.filter(pk=adrift.pk).update(anchor="lost")
    return user


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_front_page_and_list_are_accessible_and_fit(
    chromium: Browser, live_server: LiveServer, rosa: User, scheme: str
) -> None:
    faults: list[str] = []
    claim = Claim.objects.first()
    pages = {
        "front": reverse("admin:index"),
        "list": reverse("admin:claims_claim_changelist"),
        "list-filtered": reverse("admin:claims_claim_changelist") + "?status=ongoing&q=rained",
        "assign": reverse("admin:claims_claim_assign", args=[claim.pk]),
    }
    page = sign_in(chromium, live_server, rosa, faults, color_scheme=scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in pages.items():
            page.goto(live_server.url + path)
            faults += [f"{name} {width} {scheme}: {fault}" for fault in violations(page)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        for action in ("assign", "add_topics"):
            page.goto(live_server.url + pages["list"])
            for box in page.locator("input.action-select").all():
                box.check()
            page.locator("select[name=action]").select_option(action)
            follow(page.get_by_role("button", name="Go", exact=True))
            faults += [f"{action} {width} {scheme}: {fault}" for fault in violations(page)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{action}-{width}-{scheme}.png", full_page=True)
    page.context.close()
    assert faults == []


def test_desk_is_worked_through_by_its_buttons(chromium: Browser, live_server: LiveServer, rosa: User) -> None:
    """From the front page to the claim's review; and from the list, several claims to somebody at once."""
    faults: list[str] = []
    factories.topic("Rain")
    page = sign_in(chromium, live_server, rosa, faults)
    page.goto(live_server.url + reverse("admin:index"))
    page.locator(".desk-review").get_by_role("link", name="Review", exact=True).click()
    expect(page).to_have_url(re.compile(r"/review/$"))
    page.goto(live_server.url + reverse("admin:index"))
    follow(page.get_by_role("navigation", name="Claims by status").get_by_role("link", name="new"))
    page.get_by_label("Assigned to").select_option("nobody")
    follow(page.get_by_role("button", name="Apply filters"))
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("add_topics")
    follow(page.get_by_role("button", name="Go", exact=True))
    page.get_by_label("Topics").select_option(label="Rain")
    page.get_by_role("button", name="Add topics").click()
    expect(page.get_by_text("1 claim was changed.")).to_be_visible()
    assert factories.topic("Rain").claims.count() == 1
    page.context.close()
    assert faults == []
