"""Paging through lists, while they change."""

from typing import Any

import pytest
from django.test import Client

from tests.claims import factories

pytestmark = pytest.mark.django_db


def follow(client: Client, address: str | None, direction: str = "next") -> list[dict[str, Any]]:
    pages = []
    while address:
        pages.append(client.get(address).json())
        address = pages[-1][direction]
    return pages


def ids(page: dict[str, Any]) -> list[int]:
    return [thing["id"] for thing in page["results"]]


def test_next_leads_through_everything_once(client: Client) -> None:
    made = [factories.published().pk for _ in range(5)]
    pages = follow(client, "/api/v1/claims/?page_size=2")
    assert [ids(page) for page in pages] == [made[:2:-1], made[2:0:-1], made[:1]]
    assert {page["count"] for page in pages} == {5}


def test_previous_leads_back_the_same_way(client: Client) -> None:
    for _ in range(5):
        factories.published()
    forth = follow(client, "/api/v1/claims/?page_size=2")
    back = follow(client, forth[-1]["previous"], "previous")
    assert [ids(page) for page in [forth[-1], *back]] == [ids(page) for page in reversed(forth)]
    assert (back[-1]["previous"], back[-1]["next"]) == (None, forth[0]["next"])


def test_claim_published_meanwhile_is_not_in_the_way(client: Client) -> None:
    made = [factories.published().pk for _ in range(4)]
    first = client.get("/api/v1/claims/?page_size=2").json()
    newest = factories.published().pk
    second = client.get(first["next"]).json()
    assert (ids(second), second["count"], second["sequence"]) == (made[1::-1], 4, 4)
    assert client.get(second["previous"]).json() == {**first, "previous": None}
    assert ids(client.get("/api/v1/claims/?page_size=1").json()) == [newest]


def test_claim_amended_meanwhile_is_read_once_and_as_it_was(client: Client) -> None:
    made = [factories.published(rating=factories.rating("false")) for _ in range(3)]
    first = client.get("/api/v1/claims/?page_size=2&rating=false").json()
    factories.amended(made[0], rating=factories.rating("true"))
    second = client.get(first["next"]).json()
    assert [(claim["id"], claim["version"]) for claim in second["results"]] == [(made[0].pk, 1)]
    assert client.get("/api/v1/claims/?rating=false").json()["count"] == 2


def test_filters_stay_in_links(client: Client) -> None:
    for slug in ("true", "false", "true", "mixed"):
        factories.published(rating=factories.rating(slug))
    address = "/api/v1/claims/?page_size=1&rating=true&rating=mixed"
    ratings = [page["results"][0]["rating"]["slug"] for page in follow(client, address)]
    assert ratings == ["mixed", "true", "true"]


def test_full_last_page_has_no_next(client: Client) -> None:
    for _ in range(2):
        factories.published()
    page = client.get("/api/v1/claims/?page_size=2").json()
    assert (page["next"], page["previous"]) == (None, None)


@pytest.mark.parametrize("cursor", ["after-1-at-1", "after-0-at-1", "before-1-at-1"])
def test_page_beyond_the_end_is_empty(client: Client, cursor: str) -> None:
    factories.published()
    page = client.get(f"/api/v1/claims/?cursor={cursor}").json()
    assert page == {"count": 1, "next": None, "previous": None, "sequence": 1, "results": []}


@pytest.mark.parametrize("query", ["cursor=after-0-at-1", "ordering=published&cursor=before-0-at-1"])
def test_nothing_is_before_the_first_entry(client: Client, query: str) -> None:
    factories.published()
    for filters in ("", "&rating=true", "&rating=true&q=rained"):
        assert client.get(f"/api/v1/claims/?{query}{filters}").json()["results"] == []


def test_links_have_the_address_that_was_asked(client: Client) -> None:
    for _ in range(2):
        factories.published()
    page = client.get("/api/v1/claims/?page_size=1", headers={"host": "localhost"}).json()
    assert page["next"] == "http://localhost/api/v1/claims/?cursor=after-2-at-2&page_size=1"


@pytest.mark.parametrize("noun", ["speakers", "sources", "articles", "topics"])
def test_reference_lists_are_paged_too(client: Client, noun: str) -> None:
    for number in range(3):
        factories.published(factories.claim(topics=(f"Topic {number}",)))
    pages = follow(client, f"/api/v1/{noun}/?page_size=2")
    found = [thing["links"]["self"] for page in pages for thing in page["results"]]
    assert [len(page["results"]) for page in pages] == [2, 1]
    assert (len(set(found)), {page["count"] for page in pages}) == (3, {3})
    assert ids_or_slugs(client.get(pages[1]["previous"]).json()) == ids_or_slugs(pages[0])


def ids_or_slugs(page: dict[str, Any]) -> list[Any]:
    return [thing.get("id", thing.get("slug")) for thing in page["results"]]
