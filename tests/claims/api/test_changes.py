import hashlib
from typing import Any

import orjson
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/changes/"


def sequences(page: dict[str, Any]) -> list[int]:
    return [entry["sequence"] for entry in page["results"]]


def three_entries() -> None:
    factories.listed()
    factories.amended(factories.published(), kind="retraction", note="It was not said.")


def test_list_has_every_entry_oldest_first(client: Client) -> None:
    three_entries()
    page = client.get(LIST).json()
    assert (page["count"], page["next"], page["previous"]) == (3, None, None)
    assert [(entry["sequence"], entry["kind"], entry["note"]) for entry in page["results"]] == [
        (1, "listing", ""),
        (2, "verdict", ""),
        (3, "retraction", "It was not said."),
    ]


def test_entry_is_the_stored_text_in_its_envelope(client: Client) -> None:
    factories.listed()
    entry = Publication.objects.get()
    head = {"sequence": 1, "kind": "listing", "note": "", "hash": entry.hash, "previous_hash": "0" * 64}
    head["published_at"] = orjson.loads(entry.document)["published_at"]
    expected = orjson.dumps(head)[:-1] + b',"document":' + entry.document.encode() + b"}"
    assert client.get(f"{LIST}1/").content == expected
    assert expected in client.get(LIST).content


def test_chain_can_be_verified_from_what_is_served(client: Client) -> None:
    three_entries()
    previous = "0" * 64
    for entry in client.get(LIST).json()["results"]:
        canonical = orjson.dumps(entry["document"], option=orjson.OPT_SORT_KEYS)
        assert entry["previous_hash"] == previous
        assert entry["hash"] == hashlib.sha256(previous.encode() + canonical).hexdigest()
        previous = entry["hash"]


def test_after_gives_what_came_since(client: Client) -> None:
    three_entries()
    assert sequences(client.get(f"{LIST}?after=0").json()) == [1, 2, 3]
    assert sequences(client.get(f"{LIST}?after=2").json()) == [3]


def test_after_the_last_there_is_nothing_yet(client: Client) -> None:
    three_entries()
    assert client.get(f"{LIST}?after=3").json() == {"count": 3, "next": None, "previous": None, "results": []}
    factories.listed()
    assert sequences(client.get(f"{LIST}?after=3").json()) == [4]


def test_pages_are_linked_both_ways(client: Client) -> None:
    three_entries()
    first = client.get(f"{LIST}?page_size=2").json()
    second = client.get(first["next"]).json()
    assert (sequences(first), sequences(second)) == ([1, 2], [3])
    assert (first["previous"], second["next"]) == (None, None)
    assert sequences(client.get(second["previous"]).json()) == [1, 2]


def test_entry_that_is_not_there_is_not_found(client: Client) -> None:
    factories.listed()
    assert client.get(f"{LIST}2/").status_code == 404


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=", "page_size=0", "cursor=after-1", "rating=true"])
def test_bad_parameter_is_named(client: Client, query: str) -> None:
    response = client.get(f"{LIST}?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])


@pytest.mark.parametrize(("query", "queries"), [("", 2), ("after=0", 2), ("page_size=1&after=0", 3), ("after=9", 3)])
@pytest.mark.parametrize("number", [2, 4])
def test_list_costs_three_queries_at_most(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int, query: str, queries: int
) -> None:
    for _ in range(number):
        factories.listed()
    with django_assert_num_queries(queries):
        assert client.get(f"{LIST}?{query}").json()["count"] == number
