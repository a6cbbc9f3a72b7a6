"""Paging through what Google's search finds, while it changes."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.claims import factories
from tests.claims.api.test_fact_check_tools import OURS, search, texts, wordings

pytestmark = pytest.mark.django_db


def test_page_has_ten_unless_asked_otherwise(client: Client) -> None:
    for _ in range(12):
        factories.published()
    for asked, number in {"": 10, "&pageSize=0": 10, "&pageSize=3": 3, "&pageSize=12": 12}.items():
        page = search(client, OURS + asked)
        assert (len(page["claims"]), "nextPageToken" in page) == (number, number < 12), asked


def test_page_that_is_asked_too_much_gives_what_it_can(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.api.fact_check_parameters.MAX_SIZE", 2)
    for _ in range(3):
        factories.published()
    page = search(client, f"{OURS}&pageSize=1000000")
    assert (len(page["claims"]), "nextPageToken" in page) == (2, True)


def test_offset_passes_over(client: Client) -> None:
    made = [factories.published().wording for _ in range(5)]
    assert texts(client, f"{OURS}&offset=0") == made[::-1]
    assert texts(client, f"{OURS}&offset=2&pageSize=2") == made[2:0:-1]
    assert search(client, f"{OURS}&offset=5") == {}
    assert search(client, f"{OURS}&offset={2**31 - 1}") == {}


def test_offset_beyond_all_there_is_looks_for_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.published()
    with django_assert_num_queries(2):
        search(client, "query=rained&offset=1")


def test_token_goes_on_from_a_page_at_an_offset_and_then_outweighs_it(client: Client) -> None:
    made = [factories.published().wording for _ in range(5)]
    token = search(client, f"{OURS}&offset=1&pageSize=2")["nextPageToken"]
    assert texts(client, f"{OURS}&offset=1&pageSize=2&pageToken={token}") == made[1::-1]


def test_token_that_was_made_up_does_no_harm(client: Client) -> None:
    factories.published()
    assert search(client, f"{OURS}&pageToken={'A' * 16}") == {}
    assert search(client, f"{OURS}&pageToken={'A' * 8}________") == {}
    assert len(texts(client, f"{OURS}&pageToken={'_' * 16}")) == 1


def follow(client: Client, query: str) -> list[list[str]]:
    pages, token = [], ""
    while token is not None:
        page = search(client, f"{query}&pageToken={token}")
        pages.append([claim["text"] for claim in page["claims"]])
        token = page.get("nextPageToken")
    return pages


def test_tokens_lead_through_everything_once(client: Client) -> None:
    made = [factories.published().wording for _ in range(5)]
    factories.listed()
    for query in (OURS, "query=rained", f"query=rained&languageCode=en&maxAgeDays=1&{OURS}"):
        assert follow(client, f"{query}&pageSize=2") == [made[:2:-1], made[2:0:-1], made[:1]]
        assert follow(client, f"{query}&pageSize=5") == [made[::-1]]


@pytest.mark.parametrize("query", [OURS, "query=rained"])
def test_paging_is_not_disturbed_by_what_is_published_meanwhile(client: Client, query: str) -> None:
    made = [factories.published() for _ in range(6)]
    first = search(client, f"{query}&pageSize=2")
    factories.published()
    factories.amended(made[0], note="Of one that is still to come.", rating=factories.rating("false"))
    factories.amended(made[5], note="Of one that was shown.")
    factories.amended(made[2], kind="retraction", note="Of one that is still to come.")
    second = search(client, f"{query}&pageSize=2&pageToken={first['nextPageToken']}")
    factories.published()
    third = search(client, f"{query}&pageSize=2&pageToken={second['nextPageToken']}")
    shown = [claim for page in (first, second, third) for claim in page["claims"]]
    assert [claim["text"] for claim in shown] == wordings(made[5], made[4], made[3], made[1], made[0])
    assert shown[-1]["claimReview"][0]["textualRating"] == "False"
    assert "nextPageToken" not in third


def test_corrected_claim_is_the_latest(client: Client) -> None:
    first, second = factories.published(), factories.published()
    assert texts(client, OURS) == wordings(second, first)
    factories.amended(first)
    assert texts(client, OURS) == wordings(first, second)


def test_words_that_are_not_nearby_are_found_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.api.fact_check_search.NEARBY", 2)
    made = [factories.claim(wording=f"Heavy {it} fell.") for it in ("snow", "hail", "hail", "hail", "hail", "hail")]
    snow, *hail = [factories.published(claim) for claim in made]
    assert texts(client, "query=snow") == wordings(snow)
    assert follow(client, "query=hail&pageSize=1") == [[claim.wording] for claim in reversed(hail)]
    assert follow(client, "query=hail&pageSize=4") == [wordings(*hail[:0:-1]), wordings(hail[0])]
    assert texts(client, "query=heavy&offset=5") == wordings(snow)
