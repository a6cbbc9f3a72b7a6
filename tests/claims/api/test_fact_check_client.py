"""Google's own Python client, against a running server with the seeds."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from pytest_django.live_server_helper import LiveServer

from claims.models import PublishedClaim
from tests import demo

BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


@pytest.fixture
def claims(committed: None, live_server: LiveServer) -> Iterator[Any]:
    """The client's ``claims``. It asks nobody but the server: nothing is discovered, no credentials are looked for."""
    service = build(
        "factchecktools",
        "v1alpha1",
        credentials=AnonymousCredentials(),
        static_discovery=True,
        client_options={"api_endpoint": live_server.url},
    )
    yield service.claims()
    service.close()


@pytest.fixture
def verdicts(committed: None) -> list[dict[str, Any]]:
    """The seeds' documents that a client should find, in the order in which it should."""
    demo.load()
    rows = PublishedClaim.objects.filter(rating__isnull=False).with_document().newest_first()
    return [orjson.loads(document) for document in rows.values_list("document", flat=True)]


def follow(claims: Any, request: Any) -> list[list[dict[str, Any]]]:
    pages = []
    while request is not None:
        answer = request.execute()
        pages.append(answer["claims"])
        request = claims.search_next(request, answer)
    return pages


def test_client_pages_through_all_seeds(claims: Any, verdicts: list[dict[str, Any]]) -> None:
    assert len(verdicts) > 20
    pages = follow(claims, claims.search(reviewPublisherSiteFilter="127.0.0.1", pageSize=7))
    found = [claim for page in pages for claim in page]
    assert [len(page) for page in pages[:-1]] == [7] * (len(pages) - 1)
    assert [claim["text"] for claim in found] == [document["claim"] for document in verdicts]
    for claim, document in zip(found, verdicts, strict=True):
        assert claim.get("claimant") == (document["speaker"] and document["speaker"]["name"])
        assert claim["claimDate"].startswith(document["stated_on"])
        assert claim["claimReview"] == [
            {
                "publisher": {"name": "Assay", "site": "127.0.0.1"},
                "url": document["url"],
                "title": document["summary"],
                "reviewDate": document["published_at"],
                "textualRating": document["rating"]["name"],
                "languageCode": "en",
            }
        ]


def test_client_searches_and_filters(claims: Any, verdicts: list[dict[str, Any]]) -> None:
    found = claims.search(query="vaccinated OR inoculation", languageCode="en-US", maxAgeDays=1).execute()["claims"]
    assert 0 < len(found) < 10
    assert "More than 94 per cent" in " ".join(claim["text"] for claim in found)
    assert claims.search(query="vaccinated", languageCode="km").execute() == {}
    assert claims.search(query="vaccinated", reviewPublisherSiteFilter="nytimes.com").execute() == {}
    assert claims.search(query="zyzzyva").execute() == {}
    passed_over = claims.search(reviewPublisherSiteFilter="127.0.0.1", offset=3, pageSize=1).execute()
    assert passed_over["claims"][0]["text"] == verdicts[3]["claim"]
    some = claims.search(query="vaccinated", fields="claims/claimReview(url,textualRating)").execute()["claims"]
    assert {tuple(sorted(claim["claimReview"][0])) for claim in some} == {("textualRating", "url")}


def test_client_is_told_which_parameter_is_wrong(claims: Any) -> None:
    for name, asked in {
        "pageToken": {"query": "rain", "pageToken": "CAs"},
        "pageSize": {"query": "rain", "pageSize": -1},
        "languageCode": {"query": "rain", "languageCode": "!"},
        "query": {},
    }.items():
        with pytest.raises(HttpError) as raised:
            claims.search(**asked).execute()
        details = raised.value.error_details
        assert (raised.value.status_code, details[0]["@type"]) == (400, BAD_REQUEST)
        assert [violation["field"] for violation in details[0]["fieldViolations"]] == [name]
        assert raised.value.reason == details[0]["fieldViolations"][0]["description"]


def test_client_is_told_what_is_not_here(claims: Any) -> None:
    with pytest.raises(HttpError) as raised:
        claims.imageSearch(imageUri="https://example.org/a.png").execute()
    assert (raised.value.status_code, "only GET /v1alpha1/claims:search" in raised.value.reason) == (404, True)
