"""The sitemap has every public page once, and nothing else."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from claims.pages import sitemap
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
# Not for search engines: what somebody searched for, and what is another page's twin.
NOT_LISTED = re.compile(r"\?|/v\d+/$|/card/$|^/(api|feeds)/|^/oembed/")


def locations(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    found = [node.text or "" for node in ElementTree.fromstring(response.content).iter() if node.tag.endswith("}loc")]
    return [address.removeprefix(SITE) for address in found]


def files(client: Client) -> list[str]:
    return [address.removeprefix("http://testserver") for address in locations(client, "/sitemap.xml")]


def listed(client: Client) -> list[str]:
    return [page for file in files(client) for page in locations(client, file)]


def reachable(client: Client) -> set[str]:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        url = waiting.pop()
        seen.add(url)
        for link in parse(client.get(url)).all("a"):
            target = link["href"].partition("#")[0]
            if target.startswith("/") and not NOT_LISTED.search(target) and target not in seen:
                waiting.append(target)
    return seen


def test_sitemap_is_what_can_be_reached_from_the_front_page(client: Client) -> None:
    factories.site_page("funding")
    speaker = factories.speaker()
    for _ in range(2):
        claim = factories.published(factories.claim(speaker=speaker, relays=factories.speaker(), topics=("Health",)))
    factories.amended(claim, kind="retraction", note="Forged.")
    factories.approved(factories.claim(topics=("Secret",)))
    pages = listed(client)
    assert len(pages) == len(set(pages))
    assert set(pages) == reachable(client)


def test_claim_says_when_it_changed(client: Client) -> None:
    claim = factories.published()
    day = factories.amended(claim).published_at
    assert f"<lastmod>{day:%Y-%m-%d}" in client.get("/sitemap-claims.xml").text


def test_long_lists_are_split(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap.OfSite, "limit", 2)
    for _ in range(3):
        factories.published()
    assert [file for file in files(client) if "claims" in file] == [
        "/sitemap-claims.xml",
        "/sitemap-claims.xml?p=2",
    ]
    sizes = [len(locations(client, f"/sitemap-claims.xml{part}")) for part in ("", "?p=2")]
    assert sizes == [2, 1]


def test_empty_site_has_its_fixed_pages(client: Client) -> None:
    assert {"/", "/claims/", "/ledger/"} <= set(listed(client))


@pytest.mark.parametrize("url", ["/sitemap-nothing.xml", "/sitemap-claims.xml?p=9", "/sitemap-claims.xml?p=x"])
def test_file_that_is_not_there_is_not_found(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404
