"""The whole record as a schema.org DataFeed."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import exporting, slots
from claims.api import linked_data
from claims.pages.data_feed import CHUNK, in_chunks
from tests.claims import factories

FEED = "/feeds/claimreview.json"
database = pytest.mark.django_db


def feed(client: Client) -> dict[str, Any]:
    response = client.get(FEED)
    assert (response.status_code, response["Content-Type"]) == (200, "application/ld+json")
    assert response.streaming
    return json.loads(response.getvalue())


@database
def test_empty_feed_is_valid(client: Client, settings: Any) -> None:
    settings.SITE_URL, settings.SITE_NAME = "https://facts.example.org", "The Facts"
    factories.listed()
    assert feed(client) == {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "@id": "https://facts.example.org/feeds/claimreview.json",
        "name": "The Facts",
        "publisher": {"@type": "Organization", "name": "The Facts", "url": "https://facts.example.org/"},
        "dataFeedElement": [],
    }


@database
def test_feed_has_every_verdict_newest_publication_first(client: Client) -> None:
    first, second, third = (factories.published() for _ in range(3))
    factories.listed()
    factories.amended(first)
    found = feed(client)
    told = [item["item"]["@id"].split("/")[-2] for item in found["dataFeedElement"]]
    assert told == [str(claim.pk) for claim in (first, third, second)]
    assert found["dateModified"] == found["dataFeedElement"][0]["dateModified"]
    for item in found["dataFeedElement"]:
        whole = client.get(f"/api/v1/claims/{item['item']['@id'].split('/')[-2]}/claimreview/").json()
        jsonschema.validate(whole, linked_data.CLAIM_REVIEW)
        assert {"@context": "https://schema.org", **item["item"]} == whole
        assert (item["dateCreated"], item["dateModified"]) == (whole["datePublished"], whole["dateModified"])


@database
@pytest.mark.parametrize("rating", ["true", None])
def test_verdict_that_was_retracted_is_told_to_be_deleted(client: Client, rating: str | None) -> None:
    claim = factories.published()
    (before,) = feed(client)["dataFeedElement"]
    factories.amended(claim, kind="retraction", note="Withdrawn.", rating=rating and factories.rating(rating))
    (item,) = feed(client)["dataFeedElement"]
    assert item["dateDeleted"] == item["dateModified"]
    assert item["item"] == {name: before["item"][name] for name in ("@type", "@id", "url")}


@database
def test_listing_is_not_told_of_even_when_it_is_updated(client: Client) -> None:
    claim = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    factories.amended(claim, kind="update", note="More is known.", rating=None)
    assert feed(client)["dataFeedElement"] == []


@database
@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_one_query_a_batch_beside_the_moment(
    client: Client, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        factories.published()
    # What asks for the record's state finds none yet where the database was emptied.
    with django_assert_max_num_queries(3):
        assert len(feed(client)["dataFeedElement"]) == number


@database
def test_feed_is_of_the_moment_when_it_was_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH", 1)
    first, second = factories.published(), factories.published()
    response = client.get(FEED)
    pieces = iter(response)
    factories.amended(first, kind="retraction", note="Withdrawn.")
    factories.published()
    told = json.loads(b"".join(pieces))["dataFeedElement"]
    assert [item["item"]["@id"].split("/")[-2] for item in told] == [str(second.pk), str(first.pk)]
    assert not any("dateDeleted" in item for item in told)


@database
def test_feed_is_one_of_the_exports_that_may_run_at_once(client: Client, settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 1
    running = client.get(FEED)
    refused = client.get(FEED)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(slots.RETRY_AFTER))
    assert (refused.headers["Content-Type"], refused.headers["Cache-Control"]) == (
        "text/plain; charset=utf-8",
        "no-store",
    )
    assert client.get("/api/v1/exports/claims.ndjson").status_code == 429
    assert client.head(FEED).status_code == 200
    running.getvalue()
    assert feed(client)["dataFeedElement"] == []


@pytest.mark.usefixtures("committed")
def test_feed_is_read_piece_by_piece_and_can_be_left(client: Client) -> None:
    for _ in range(3):
        factories.published()
    response = client.get(FEED)
    pieces = iter(response)
    assert next(pieces).startswith(b'{"@context"')
    response.close()
    assert not connection.in_atomic_block
    assert len(feed(client)["dataFeedElement"]) == 3


def test_pieces_are_joined_to_chunks() -> None:
    asked = []

    def pieces() -> Iterator[bytes]:
        for number in range(100):
            asked.append(number)
            yield b"x" * 10_000

    chunks = in_chunks(pieces())
    assert len(next(chunks)) == 70_000 >= CHUNK
    assert len(asked) == 7
    assert sum(map(len, chunks)) == 930_000
    assert list(in_chunks(iter(()))) == []
