"""A claim's page in Chromium: accessible, keeping what is typed, and working without its scripts.

PICTURES names a folder to keep pictures of it in.
"""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims import editing
from claims.models import Claim, Draft, Evidence
from sources.models import Source
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

PICTURES = os.environ.get("PICTURES")
VIEWS = [(390, "light"), (820, "dark"), (1280, "light")]
VIEWS += [(390, "dark"), (820, "light"), (1280, "dark")] if PICTURES else []
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


@pytest.fixture
def researcher(transactional_db: None) -> User:
    return factories.user("researcher", first_name="Resa", last_name="Researcher")


@pytest.fixture
def claim(researcher: User) -> Claim:
    text = f"It rained 20 days in May. The mayor said that 94 trees were planted, {LONG}.\n\nNobody objected."
    claim = factories.claim("94 trees were planted", article=factories.article(text), topics=("Weather", "Trees"))
    factories.researched(claim, by=researcher)
    factories.evidence(claim, stance="refutes", finding="Only 12 were. " + LONG, rank=2, locator="row 7")
    return claim


def address(live_server: LiveServer, claim: Claim) -> str:
    return live_server.url + reverse("admin:claims_claim_change", args=[claim.pk])


def test_page_is_accessible_and_fits_the_screen(
    chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim
) -> None:
    faults: list[str] = []
    rita = factories.user("researcher", first_name="Rita", last_name="Reviewer")
    for width, scheme in VIEWS:
        view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        page = sign_in(chromium, live_server, researcher, faults, **view)
        page.goto(address(live_server, claim))
        look(page, f"claim-{width}-{scheme}", faults)
        page.fill("#id_wording", "My wording of it.")
        page.fill("#id_assessment-0-explanation", "# So\n\nThe **data** say\n\n- one\n- two\n\n" + LONG)
        page.click("button[data-preview]")
        expect(page.locator("#explanation-preview strong")).to_have_text("data")
        page.click("#evidence-2 .new-source summary")
        look(page, f"claim-typed-{width}-{scheme}", faults)
        fresh = Claim.objects.get()
        fresh.wording = f"Her wording at {width} in the {scheme}."
        editing.change(fresh, by=rita, columns=["wording"])
        page.click(".parts button[name=_save]")
        expect(page.locator(".both-versions")).to_contain_text("Rita Reviewer")
        # Chromium tells of the refusal, as it should.
        faults[:] = [fault for fault in faults if "409 (Conflict)" not in fault]
        look(page, f"claim-both-versions-{width}-{scheme}", faults)
        page.context.close()
        Draft.objects.all().delete()
    assert faults == []


def look(page: Page, name: str, faults: list[str]) -> None:
    faults += [f"{name}: {fault}" for fault in violations(page)]
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_evidence_is_added_with_a_known_and_a_new_source(
    chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim
) -> None:
    faults: list[str] = []
    known = factories.source(url="https://example.org/a/Report?id=7", title="A known report")
    page = sign_in(chromium, live_server, researcher, faults)
    page.goto(address(live_server, claim))
    page.fill("#id_evidence-2-address", "http://www.example.org/a/Report/?utm_source=x&id=7")
    expect(page.locator("#evidence-2 .found")).to_contain_text("Found: A known report")
    page.select_option("#id_evidence-2-stance", "supports")
    page.fill("#id_evidence-2-finding", "It says so.")
    page.get_by_role("button", name="Add another Piece of evidence").click()
    page.fill("#id_evidence-3-address", "https://example.org/new")
    expect(page.locator("#evidence-3 .found")).to_contain_text("No source has this address yet")
    page.fill("#id_evidence-3-new-title", "A new report")
    page.fill("#id_evidence-3-new-publisher_name", "Planet")
    expect(page.locator("#publishers option")).to_have_attribute("value", "The Daily Planet")
    page.fill("#id_evidence-3-new-published_on", "2022-07")
    page.select_option("#id_evidence-3-stance", "context")
    page.fill("#id_evidence-3-finding", "It says more.")
    page.locator("#evidence-3 [data-move=up]").click()
    page.click(".parts button[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    found = list(Evidence.objects.values_list("finding", "source__title", "rank"))
    assert [finding for finding, _title, _rank in found[2:]] == ["It says more.", "It says so."]
    assert Evidence.objects.get(finding="It says so.").source == known
    assert Source.objects.get(title="A new report").published == "2022-07"
    assert violations(page) == []
    assert faults == []


def test_second_press_of_save_sends_nothing(
    chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim
) -> None:
    faults: list[str] = []
    page = sign_in(chromium, live_server, researcher, faults)
    page.goto(address(live_server, claim))
    page.fill("#id_evidence-2-address", "https://example.org/new")
    page.fill("#id_evidence-2-new-title", "A new report")
    page.select_option("#id_evidence-2-stance", "context")
    page.fill("#id_evidence-2-finding", "It says more.")
    prevented = page.evaluate("""() => {
      const prevented = [];
      const save = document.querySelector(".parts button[name=_save]");
      save.form.addEventListener("submit", (event) => prevented.push(event.defaultPrevented));
      save.click();
      save.click();
      return prevented;
    }""")
    assert prevented == [False, True]
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    assert Evidence.objects.filter(finding="It says more.").count() == 1
    page.fill("#id_occasion", "a speech")
    page.click(".parts button[name=_save]")
    expect(page.locator("#id_occasion")).to_have_value("a speech")
    assert (Claim.objects.get().occasion, faults) == ("a speech", [])


def test_autocompletes_and_popups_work_under_the_policy(
    chromium: Browser, live_server: LiveServer, claim: Claim
) -> None:
    faults: list[str] = []
    factories.speaker("Anna Speaker")
    page = sign_in(chromium, live_server, factories.user(is_superuser=True), faults)
    page.goto(address(live_server, claim))
    page.click("#who .field-speaker .select2-selection")
    page.fill(".select2-search__field", "anna")
    page.click(".select2-results__option:has-text('Anna Speaker')")
    with page.expect_popup() as opened:
        page.click("#add_id_topics")
    popup = opened.value
    popup.fill("#id_name", "Rain")
    popup.fill("#id_slug", "rain")
    with popup.expect_event("close"):
        popup.click("input[name=_save]")
    expect(page.locator(".field-topics .select2-selection")).to_contain_text("Rain")
    page.click(".parts button[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    saved = Claim.objects.get()
    assert saved.speaker.name == "Anna Speaker"
    assert {topic.name for topic in saved.topics.all()} == {"Rain", "Trees", "Weather"}
    assert faults == []


def test_draft_saves_itself_and_is_restored(
    chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim
) -> None:
    faults: list[str] = []
    page = sign_in(chromium, live_server, researcher, faults)
    page.goto(address(live_server, claim))
    page.fill("#id_assessment-0-summary", "My summary.")
    minutes = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 minutes"}
    page.set_input_files("#id_evidence-2-new-upload", minutes)
    expect(page.locator("#draft-said")).to_contain_text("Saved as a draft", timeout=10_000)
    page.goto(address(live_server, claim))
    follow(page.get_by_role("link", name="Restore the draft"), "Enter")
    expect(page.locator("#id_assessment-0-summary")).to_have_value("My summary.")
    # The page that was restored keeps its draft anew, and knows of the file still.
    expect(page.locator("#draft-said")).to_contain_text("Saved as a draft", timeout=10_000)
    page.goto(address(live_server, claim))
    follow(page.get_by_role("link", name="Restore the draft"), "Enter")
    expect(page.locator("#evidence-2 .lost-file")).to_have_text("Choose the file once more: minutes.pdf")
    assert violations(page) == []
    page.click(".parts button[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    assert Claim.objects.get().assessment.summary == "My summary."
    assert (Draft.objects.count(), faults) == (0, [])


@pytest.mark.parametrize("lost", ["connection", "session"])
def test_lost_connection_loses_no_typing(
    chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim, lost: str
) -> None:
    faults: list[str] = []
    page = sign_in(chromium, live_server, researcher, faults)
    page.goto(address(live_server, claim))
    cookies = page.context.cookies()
    if lost == "connection":
        page.context.set_offline(True)
    else:
        page.context.clear_cookies(name="sessionid")
    page.fill("#id_assessment-0-summary", "Typed in a tunnel.")
    expect(page.locator("#draft-said")).to_contain_text("kept in this browser", timeout=10_000)
    page.context.set_offline(False)
    page.context.add_cookies(cookies)
    Draft.objects.all().delete()
    page.evaluate("addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true)")
    page.goto(address(live_server, claim))
    page.get_by_role("button", name="Restore it").click()
    expect(page.locator("#id_assessment-0-summary")).to_have_value("Typed in a tunnel.")
    assert violations(page) == []
    page.click(".parts button[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    expect(page.locator("#draft-here-title")).to_have_count(0)
    assert Claim.objects.get().assessment.summary == "Typed in a tunnel."


def test_page_works_without_scripts(chromium: Browser, live_server: LiveServer, researcher: User, claim: Claim) -> None:
    page = sign_in(chromium, live_server, researcher, [], java_script_enabled=False)
    page.goto(address(live_server, claim))
    with page.context.expect_page() as opened:
        page.click("button[data-preview]")
    expect(opened.value.locator(".explanation-preview strong")).to_have_text("data")
    page.fill("#id_evidence-2-address", "https://example.org/new")
    page.click("#evidence-2 .new-source summary")
    page.fill("#id_evidence-2-new-title", "A new report")
    page.select_option("#id_evidence-2-stance", "context")
    page.fill("#id_evidence-2-finding", "It says more.")
    page.click(".parts button[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("The claim is saved.")
    assert Evidence.objects.get(finding="It says more.").source.title == "A new report"
