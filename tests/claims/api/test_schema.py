from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client

from claims.api.fact_check_parameters import IGNORED, READERS
from claims.filters import ClaimFilter
from tests.claims import factories

pytestmark = pytest.mark.django_db
NOUNS = ["claims", "changes", "articles", "speakers", "sources", "publishers", "ratings", "topics"]


@pytest.fixture
def schema(client: Client) -> dict[str, Any]:
    return client.get("/api/schema/").json()


def strict(schema: Any) -> Any:
    """The schema with every object closed: what is served and not described is found too."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema else {}
    return closed | {key: strict(part) for key, part in schema.items()}


def check(schema: dict[str, Any], path: str, answer: Any) -> None:
    described = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    described = {**described, "components": schema["components"]}
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(strict(described), format_checker=checker).validate(answer)


def publish_all_kinds() -> None:
    """Documents with every field full, and with every field empty that can be."""
    factories.whole_scale()
    full = {"position": "Mayor", "occasion": "A speech", "stated_on_note": "Inferred.", "relays": factories.speaker()}
    claim = factories.claim(topics=("Health",), stated_on="2022-07-01", stated_on_precision="month", **full)
    factories.amended(factories.published(claim, needed="More data."), kind="update", note="More is known.")
    factories.amended(factories.published(rating=factories.rating("unproven")), kind="retraction", note="Not said.")
    factories.listed(
        factories.claim(speaker=None, speaker_unknown=True, article=factories.article(outlet=None, url=""))
    )
    factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)


def test_schema_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_served_is_what_is_described(client: Client, schema: dict[str, Any], noun: str) -> None:
    publish_all_kinds()
    page = client.get(f"/api/v1/{noun}/").json()
    assert page["count"] > 0
    check(schema, f"/api/v1/{noun}/", page)
    for thing in page["results"]:
        key = {"changes": "sequence", "ratings": "slug", "topics": "slug"}.get(noun, "id")
        check(schema, f"/api/v1/{noun}/{{{key}}}/", client.get(f"/api/v1/{noun}/{thing[key]}/").json())


def test_versions_are_as_described(client: Client, schema: dict[str, Any]) -> None:
    publish_all_kinds()
    for claim in client.get("/api/v1/claims/").json()["results"]:
        page = client.get(f"/api/v1/claims/{claim['id']}/versions/").json()
        check(schema, "/api/v1/claims/{id}/versions/", page)
        assert page["results"][-1]["document"] == claim


def test_every_filter_is_described(schema: dict[str, Any]) -> None:
    parameters = schema["paths"]["/api/v1/claims/"]["get"]["parameters"]
    described = {parameter["name"]: parameter["schema"] for parameter in parameters}
    assert set(described) == {*ClaimFilter.base_filters, "cursor", "page_size", "ordering", "as_of"}
    assert described["rating"] == {"type": "array", "items": {"type": "string", "pattern": "^[-a-zA-Z0-9_]*$"}}
    assert described["speaker"]["minimum"] == 1


@pytest.mark.parametrize("path", ["/api/v1/claims/", "/api/v1/topics/"])
def test_errors_are_as_described(client: Client, schema: dict[str, Any], path: str) -> None:
    described = schema["paths"][path]["get"]["responses"]["400"]["content"]["application/problem+json"]["schema"]
    jsonschema.validate(client.get(f"{path}?colour=red").json(), described)


def test_fact_check_search_is_as_described(client: Client, schema: dict[str, Any]) -> None:
    publish_all_kinds()
    path = "/v1alpha1/claims:search"
    check(schema, path, client.get(f"{path}?query=rained").json())
    check(schema, path, client.get(f"{path}?query=rained&pageSize=1").json())
    check(schema, path, client.get(f"{path}?query=nothing").json())
    described = schema["paths"][path]["get"]
    refused = described["responses"]["400"]["content"]["application/json"]["schema"]
    answer = client.get(f"{path}?query=rained&colour=red").json()
    jsonschema.validate(answer, strict({**refused, "components": schema["components"]}))
    assert {parameter["name"] for parameter in described["parameters"]} == READERS.keys() | IGNORED - {"key"}


def test_schema_can_be_had_as_yaml(client: Client) -> None:
    response = client.get("/api/schema/", headers={"accept": "application/yaml"})
    assert response.headers["Content-Type"].startswith("application/yaml")
    assert response.content.startswith(b"openapi: 3.1.0")


def test_docs_page_has_nothing_inline_and_nothing_foreign(client: Client) -> None:
    response = client.get("/api/docs/")
    page = response.content.decode()
    assert (response.status_code, "<style" in page, "style=" in page, "https://" in page) == (200, False, False, False)
    assert '<html lang="en">' in page
    assert page.count("<script") == page.count('<script src="/') == 3
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_docs_script_points_to_the_schema(client: Client) -> None:
    response = client.get("/api/docs/?script=")
    assert response.headers["Content-Type"] == "application/javascript"
    assert b'"/api/schema/"' in response.content


ODD = ["version=2", "version=%0A", "version=%00", "lang=fr", "nonsense=1"]


@pytest.mark.parametrize("query", ODD)
def test_schema_has_no_parameters(client: Client, query: str) -> None:
    assert client.get(f"/api/schema/?{query}").status_code == 400


@pytest.mark.parametrize("query", [*ODD, "utm_source=x"])
def test_docs_are_the_same_whatever_they_are_asked_with(client: Client, query: str) -> None:
    for address in ("/api/docs/?script=", "/api/docs/?"):
        told = client.get(f"{address}&{query}").text.replace("lang=fr&amp;", "")
        assert told == client.get(address).text


@pytest.mark.parametrize("address", ["/api/schema/", "/api/docs/"])
def test_schema_and_docs_are_read_only(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
