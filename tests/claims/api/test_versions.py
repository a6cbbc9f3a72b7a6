import orjson
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db


def test_list_has_every_version_oldest_first(client: Client) -> None:
    factories.published()
    claim = factories.published()
    factories.amended(claim, note="It said 7; it was 9.")
    page = client.get(f"/api/v1/claims/{claim.pk}/versions/").json()
    assert (page["count"], page["next"], page["previous"]) == (2, None, None)
    entries = [(entry["kind"], entry["note"], entry["document"]["version"]) for entry in page["results"]]
    assert entries == [("verdict", "", 1), ("correction", "It said 7; it was 9.", 2)]


def test_detail_is_the_document_in_its_envelope(client: Client) -> None:
    claim = factories.published()
    factories.amended(claim)
    publication = Publication.objects.get(version=1)
    document = orjson.loads(publication.document)
    assert client.get(f"/api/v1/claims/{claim.pk}/versions/1/").json() == {
        "sequence": publication.sequence,
        "kind": "verdict",
        "note": "",
        "hash": publication.hash,
        "previous_hash": "0" * 64,
        "published_at": document["published_at"],
        "document": document,
    }


def test_versions_of_unpublished_claim_are_not_found(client: Client) -> None:
    claim = factories.approved()
    assert client.get(f"/api/v1/claims/{claim.pk}/versions/").status_code == 404
    assert client.get(f"/api/v1/claims/{claim.pk}/versions/1/").status_code == 404


@pytest.mark.parametrize("version", ["0", "2", "9" * 30, "last"])
def test_version_that_never_was_is_not_found(client: Client, version: str) -> None:
    claim = factories.published()
    response = client.get(f"/api/v1/claims/{claim.pk}/versions/{version}/")
    assert (response.status_code, response.json()["detail"]) == (404, "Not found.")


def test_another_claims_version_is_not_found(client: Client) -> None:
    first, second = factories.published(), factories.published()
    factories.amended(first)
    assert client.get(f"/api/v1/claims/{second.pk}/versions/2/").status_code == 404


def test_page_beyond_the_last_version_is_empty(client: Client) -> None:
    claim = factories.published()
    page = client.get(f"/api/v1/claims/{claim.pk}/versions/?cursor=after-1").json()
    assert (page["count"], page["results"]) == (1, [])


@pytest.mark.parametrize("query", ["cursor=x", "page_size=x", "rating=true"])
def test_bad_parameter_is_named(client: Client, query: str) -> None:
    claim = factories.published()
    response = client.get(f"/api/v1/claims/{claim.pk}/versions/?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    claim = factories.published()
    for _ in range(number - 1):
        factories.amended(claim)
    with django_assert_num_queries(3):
        assert client.get(f"/api/v1/claims/{claim.pk}/versions/").json()["count"] == number
