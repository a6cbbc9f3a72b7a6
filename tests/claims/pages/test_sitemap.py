"""What the sitemap says; that it has all pages, and no others, tests.claims.pages.test_crawl shows."""

import pytest
from django.test import Client

from claims.pages import sitemap
from tests.claims import factories
from tests.claims.pages import for_machines
from tests.claims.pages.for_machines import faults_of_sitemap

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def locations(client: Client, url: str) -> list[str]:
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    assert faults_of_sitemap(response.text) == []
    return [address.removeprefix(SITE) for address in for_machines.locations(response.text)]


def files(client: Client) -> list[str]:
    return [address.removeprefix("http://testserver") for address in locations(client, "/sitemap.xml")]


def listed(client: Client) -> list[str]:
    return [page for file in files(client) for page in locations(client, file)]


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
