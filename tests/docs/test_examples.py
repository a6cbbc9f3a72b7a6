"""What the README and docs/ tell people to type works."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from claims.filters import ClaimFilter
from tests import demo

PAGES = [settings.BASE_DIR / "README.md", *sorted((settings.BASE_DIR / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text() for page in PAGES)
CALLS = re.findall(r"curl [^\n]*?'?http://127\.0\.0\.1:8000([^'\s]+)", TEXT)
COMMANDS = set(re.findall(r"manage\.py ([a-z_]+)", TEXT)) | set(re.findall(r"^\| `([a-z_]+)` \|", TEXT, re.MULTILINE))
TARGETS = set(re.findall(r"(?:^|`)make ([a-z]+)", TEXT, re.MULTILINE))
LINKS = [(page, link) for page in PAGES for link in re.findall(r"\]\((?!http)([^)#]+)\)", page.read_text())]


@pytest.fixture
def seeds(db):
    demo.load()


def test_calls_answer(client, seeds):
    assert len(CALLS) >= 2
    for address in CALLS:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.getvalue()


def test_calls_select_what_they_say(client, seeds):
    assert {c["rating"]["slug"] for c in client.get(CALLS[0]).json()["results"]} == {"mostly-true"}
    assert [e["sequence"] for e in client.get("/api/v1/changes/?after=17").json()["results"]] == list(range(18, 30))


def test_pages_that_are_named_are_there(client, seeds):
    for address in ("/articles/", "/api/v1/claims/", "/api/docs/", "/api/schema/"):
        assert f"`{address}`" in TEXT
        assert client.get(address).status_code == 200


def test_commands_that_are_named_are_there():
    assert {"verify_ledger", "rebuild_published_claims", "load_seeds", "setup_roles"} <= COMMANDS
    # The API's parameters are in tables like the commands'.
    known = {*get_commands(), *ClaimFilter.base_filters, "as_of"}
    # Settings are in tables like the commands', in capitals, and so not among them.
    assert {name for name in COMMANDS if "_" in name} <= known


def test_make_targets_that_are_named_are_there():
    makefile = (settings.BASE_DIR / "Makefile").read_text()
    assert {"run", "test", "bench"} <= TARGETS
    assert {target for target in TARGETS if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_links_lead_somewhere(page, link):
    assert (page.parent / link).exists()


def test_variables_of_the_readme_are_those_of_the_settings():
    readme = PAGES[0].read_text()
    for name in ("DATABASE_URL", "SITE_URL", "SITE_NAME", "SECRET_KEY", "ALLOWED_HOSTS", "BEHIND_PROXY", "DEBUG"):
        assert f"`{name}`" in readme
        assert f'"{name}"' in (settings.BASE_DIR / "config" / "settings.py").read_text()
