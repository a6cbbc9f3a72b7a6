"""What holds at every address of the API."""

import pytest
from django.test import Client

from tests.claims import factories

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "",
    "claims/",
    "claims/{claim}/",
    "claims/{claim}/claimreview/",
    "claims/{claim}/versions/",
    "claims/{claim}/versions/1/",
    "changes/",
    "changes/1/",
    "articles/",
    "articles/{article}/",
    "articles/{article}/annotations/",
    "speakers/",
    "speakers/{speaker}/",
    "sources/",
    "sources/{source}/",
    "ratings/",
    "ratings/true/",
    "topics/",
    "topics/health/",
]
LINKED_DATA = {
    "claimreview": "application/ld+json",
    "annotations": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    claim = factories.published(factories.claim(topics=("Health",)))
    keys = {"claim": claim.pk, "article": claim.article_id, "speaker": claim.speaker_id}
    return "/api/v1/" + request.param.format(**keys, source=claim.evidence.get().source_id)


def media_type(address: str) -> str:
    return LINKED_DATA.get(address.rstrip("/").rpartition("/")[2], "application/json")


def test_every_address_can_be_read(client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, media_type(address))
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert (response.cookies, response.headers["Vary"]) == ({}, "Accept-Encoding")


def test_head_is_get_without_body(client: Client, address: str) -> None:
    got, headed = client.get(address), client.head(address)
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["Content-Length"] == got.headers["Content-Length"]


def test_options_says_what_is_allowed(client: Client, address: str) -> None:
    response = client.options(address)
    assert (response.status_code, response.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")
    assert (response.cookies, response.headers["Vary"]) == ({}, "Accept-Encoding")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(client: Client, address: str, method: str) -> None:
    response = client.generic(method, address, b"{}", "application/json")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["detail"] == f'Method "{method}" not allowed.'
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


def test_unknown_parameter_is_refused_everywhere(client: Client, address: str) -> None:
    response = client.get(f"{address}?colour=red")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["colour"])


def test_unknown_media_types_get_json(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept": "application/xml"})
    assert (response.status_code, response.headers["Content-Type"]) == (200, media_type(address))


def test_index_leads_to_every_list(client: Client) -> None:
    links = client.get("/api/v1/").json()
    lists = ["articles", "changes", "claims", "docs", "publishers", "ratings", "schema", "sources", "speakers"]
    lists += ["topics"]
    lists += ["changes.ndjson", "claims.csv", "claims.ndjson"]
    assert sorted(links) == sorted(lists)
    assert {name: client.head(link).status_code for name, link in links.items()} == dict.fromkeys(links, 200)


@pytest.mark.parametrize(
    "address", ["v1/nothing/", "v1/nothing/?colour=red", "v1/claims/1/nothing/", "v2/", "", "v1/claims/%00/"]
)
def test_other_addresses_are_not_found(client: Client, address: str) -> None:
    response = client.get(f"/api/{address}")
    assert (response.status_code, response.json()["detail"]) == (404, "Not found.")


def test_forgotten_slash_is_added(client: Client) -> None:
    response = client.get("/api/v1/claims")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/claims/")
