"""Importing claims and merging speakers through the visible interface, on a telephone by night and a desk by day."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from claims.models import Claim, Speaker
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

TEXT = "It rained for 40 days. The mayor said so. It rained."
HEADER = "quote,claim,speaker,topics\n"
FAULTY = f"{HEADER}rained,It rained.,A. Forester,Weather\nIt snowed,,,\n"
GOOD = f"{HEADER}It rained for 40 days,It rained.,A. Forester,Weather\n"
VIEWS = [(390, "dark"), (1280, "light")]


def upload(page: Page, text: str) -> None:
    file = {"name": "claims.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#id_file").set_input_files(file)
    follow(page.get_by_role("button", name="Show what it will do"))


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_a_file_is_mended_and_imported(chromium: Browser, live_server: LiveServer, width: int, scheme: str) -> None:
    article, user = factories.article(TEXT), factories.user("annotator")
    faults: list[str] = []
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = sign_in(chromium, live_server, user, faults, **view)
    page.goto(f"{live_server.url}/admin/claims/claim/import/?article={article.pk}")
    faults += violations(page)
    upload(page, FAULTY)
    assert page.get_by_role("alert").inner_text().startswith("2 rows have mistakes")
    faults += violations(page)
    follow(page.get_by_role("link", name="Choose a file again"))
    upload(page, GOOD)
    faults += violations(page)
    page.get_by_role("button", name="Record 1 claim").click()
    page.get_by_text("1 claim was recorded.").wait_for()
    page.context.close()
    assert (faults, Claim.objects.get().speaker.name) == ([], "A. Forester")


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_speakers_are_compared_and_merged(chromium: Browser, live_server: LiveServer, width: int, scheme: str) -> None:
    old, kept = factories.speaker("Jane Q. Smith", note="A note."), factories.speaker("Jane Smith")
    factories.approved(factories.claim(speaker=old))
    faults: list[str] = []
    view = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = sign_in(chromium, live_server, factories.user("publisher"), faults, **view)
    page.goto(f"{live_server.url}/admin/claims/speaker/{old.pk}/change/")
    follow(page.get_by_role("link", name="Merge into another"))
    faults += violations(page)
    follow(page.get_by_role("link", name="Jane Smith"))
    faults += violations(page)
    page.get_by_role("button", name="Merge").click()
    page.get_by_text("“Jane Q. Smith” is merged into this one").wait_for()
    page.context.close()
    assert (faults, Speaker.objects.get(pk=old.pk).merged_into) == ([], kept)
