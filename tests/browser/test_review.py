"""The review, the steps, the preview and the story in Chromium: axe finds nothing, the policy refuses nothing.

PICTURES names a folder to keep a picture of each page in, at every width and in both schemes.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from claims import discussion, workflow
from claims.models import Assessment, Claim
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

PICTURES = os.environ.get("PICTURES")
VIEWS = [(390, "light"), (1280, "dark")]
if PICTURES:
    VIEWS += [(390, "dark"), (820, "light"), (820, "dark"), (1280, "light")]

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [here](javascript:alert(1)) \u202eevil\u202c "
    + "unbreakable" * 40
)


@pytest.fixture
def desk(live_server: LiveServer) -> Iterator[LiveServer]:
    """The ledger is emptied after as only its owner could."""
    factories.whole_scale()
    yield live_server
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("publishedclaim", "publication", "review"):
            cursor.execute(f"DELETE FROM claims_{table}")


def people() -> dict[str, User]:
    names = {"researcher": ("Rosa", "Searle"), "reviewer": ("Rafael", "View"), "publisher": ("Paula", "Bligh")}
    return {role: factories.user(role, first_name=name[0], last_name=name[1]) for role, name in names.items()}


def corrected(rosa: User, rafael: User, *, said: str = "") -> Claim:
    """A claim that was published, opened for a correction, amended and submitted; ``said`` is said everywhere."""
    article = factories.article(f"The ministry said that 94 per cent were vaccinated. {said}", by=rosa)
    claim = factories.claim(article=article, wording=f"94 per cent were vaccinated. {said}", topics=("Covid-19",))
    explanation = "The register counts *first* doses.\n\n- 94 per cent had one\n- 86 per cent had two"
    register = factories.source(title=f"The register of doses {said[:300]}", independence="primary")
    factories.evidence(claim, source=register, finding=f"It counts doses. {said}", locator="row 7")
    claim = factories.published(claim, by=rosa, rating=factories.rating("mixed"), explanation=explanation)
    workflow.reopen(claim, by=rosa, kind="correction", note=f"The share of second doses was wrong. {said}")
    factories.evidence(claim, source=factories.source(title="The census"), stance="refutes")
    fields = {"kind": "right_of_reply", "on": "2022-07-12", "summary": said, "outcome": "no_answer"}
    discussion.record_contact(claim, by=rosa, party=f"The ministry {said[:200]}", public=True, **fields)
    discussion.record_contact(claim, by=rosa, party="A reader", public=False, **fields)
    discussion.note(claim, f"Is the census newer? {said}", by=rafael)
    factories.in_review(
        claim,
        by=rosa,
        kind="correction",
        note=f"The share of second doses was wrong. {said}",
        rating=factories.rating("false"),
        summary=f"It is not so. {said[:200]}",
        explanation=explanation.replace("86", "68") + f"\n\nThe census says the same. {said}",
    )
    return claim


def pages(claim: Claim) -> dict[str, str]:
    steps = ("approve", "publish", "submit", "correct", "retract", "drop")
    found = {f"step-{name}": reverse("admin:claims_claim_step", args=[claim.pk, name]) for name in steps}
    views = ("change", "review", "preview", "history", "contact", "note")
    return found | {name: reverse(f"admin:claims_claim_{name}", args=[claim.pk]) for name in views}


def look(
    page: Page, desk: LiveServer, claim: Claim, name: str, views: Sequence[tuple[int, str]] = tuple(VIEWS)
) -> list[str]:
    faults = []
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for address_name, address in pages(claim).items():
            page.goto(desk.url + address)
            faults += [f"{name} {address_name} {width} {scheme}: {fault}" for fault in violations(page)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{address_name}-{width}-{scheme}.png", full_page=True)
    return faults


@pytest.mark.parametrize("said", ["", HOSTILE], ids=["friendly", "hostile"])
def test_pages_of_a_review_are_accessible_fit_the_screen_and_log_nothing(
    chromium: Browser, desk: LiveServer, said: str
) -> None:
    staff, faults = people(), []
    claim = corrected(staff["researcher"], staff["reviewer"], said=said)
    page = sign_in(chromium, desk, factories.user("administrator"), faults)
    faults += look(page, desk, claim, "hostile" if said else "in-review")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("status", "view"),
    [("new", 0), ("researching", 1), ("approved", 0), ("published", 1)],
    ids=lambda value: str(value),
)
def test_claims_page_is_accessible_wherever_it_stands(
    chromium: Browser, desk: LiveServer, status: str, view: int
) -> None:
    """In one view each: what looks otherwise in the other is what a review has too."""
    faults: list[str] = []
    claim = factories.at_status(status)
    if status == "approved":
        Assessment.objects.filter(claim=claim).update(summary="Quite another thing.")
    page = sign_in(chromium, desk, factories.user("administrator"), faults)
    faults += look(page, desk, claim, status, VIEWS if PICTURES else VIEWS[view : view + 1])
    assert not faults, "\n".join(faults)


def test_reviewer_reads_what_changes_and_approves_it(chromium: Browser, desk: LiveServer) -> None:
    staff, faults = people(), []
    claim = corrected(staff["researcher"], staff["reviewer"])
    page = sign_in(chromium, desk, staff["reviewer"], faults)
    page.goto(desk.url + reverse("admin:claims_claim_change", args=[claim.pk]))
    follow(page.get_by_role("link", name="Review", exact=True))
    summary = page.locator(".row", has_text="Summary").first
    assert summary.locator("ins").all_text_contents() == ["added: not "]
    page.get_by_role("textbox", name="Note to the desk").fill("I look at it now.")
    follow(page.get_by_role("button", name="Add the note"))
    page.get_by_text("I look at it now.").wait_for()
    page.get_by_role("form", name="Approve").get_by_role("button", name="Approve").click()
    page.get_by_text("Done: Approve. The claim is now approved.").wait_for()
    assert not faults, "\n".join(faults)


def test_author_is_told_why_they_may_not_approve(chromium: Browser, desk: LiveServer) -> None:
    staff, faults = people(), []
    author = factories.user("researcher", "reviewer", first_name="Ada", last_name="Both")
    claim = corrected(author, staff["reviewer"])
    page = sign_in(chromium, desk, author, faults)
    page.goto(desk.url + reverse("admin:claims_claim_review", args=[claim.pk]))
    page.get_by_text("You wrote this assessment; somebody else approves it.").wait_for()
    assert page.get_by_role("button", name="Approve").count() == 0
    assert page.get_by_role("button", name="Request changes").is_visible()
    assert not faults, "\n".join(faults)
