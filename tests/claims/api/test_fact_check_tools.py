"""Google's search, of our verdicts: what is found, and in which shape."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from claims.api.fact_check_tools import fact_checked
from claims.models import Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db
SEARCH = "/v1alpha1/claims:search"
OURS = "reviewPublisherSiteFilter=127.0.0.1"


def search(client: Client, query: str) -> dict[str, Any]:
    response = client.get(f"{SEARCH}?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json"), response.content
    return response.json()


def texts(client: Client, query: str) -> list[str]:
    return [claim["text"] for claim in search(client, query).get("claims", [])]


def wordings(*claims: Any) -> list[str]:
    return [claim.wording for claim in claims]


def test_verdict_has_googles_shape(client: Client, settings: Settings) -> None:
    settings.SITE_NAME = "Facts of Kampot"
    speaker = factories.speaker("An Sokkhoeurn")
    claim = factories.published(factories.claim(wording="It rained in May.", speaker=speaker), summary="It did.")
    entry = Publication.objects.get()
    reviewed = {
        "publisher": {"name": "Facts of Kampot", "site": "127.0.0.1"},
        "url": f"http://127.0.0.1:8000/claims/{claim.pk}-it-rained-in-may/",
        "title": "It did.",
        "reviewDate": entry.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "textualRating": "True",
        "languageCode": "en",
    }
    said = {"text": "It rained in May.", "claimant": "An Sokkhoeurn", "claimDate": "2022-07-12T00:00:00Z"}
    assert search(client, OURS) == {"claims": [said | {"claimReview": [reviewed]}]}


def test_what_is_not_known_is_left_out(client: Client) -> None:
    factories.published(factories.claim(speaker=None, speaker_unknown=True))
    assert sorted(search(client, OURS)["claims"][0]) == ["claimDate", "claimReview", "text"]
    document = orjson.loads(Publication.objects.get().document)
    assert sorted(fact_checked(document | {"stated_on": None})) == ["claimReview", "text"]


@pytest.mark.parametrize(("precision", "day"), [("month", "2022-07-01"), ("year", "2022-01-01")])
def test_partly_known_date_is_its_first_day(client: Client, precision: str, day: str) -> None:
    factories.published(factories.claim(stated_on=day, stated_on_precision=precision))
    assert search(client, OURS)["claims"][0]["claimDate"] == f"{day}T00:00:00Z"


def test_nothing_found_is_an_empty_object(client: Client) -> None:
    assert search(client, OURS) == {}


def test_only_verdicts_are_found(client: Client) -> None:
    true, unproven = factories.published(), factories.published(rating=factories.rating("unproven"))
    factories.amended(factories.published(), kind="retraction", note="Not said.")
    factories.listed()
    factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    factories.approved()
    assert texts(client, OURS) == wordings(unproven, true)


def test_correction_is_what_it_now_says(client: Client) -> None:
    claim = factories.published()
    factories.amended(claim, rating=factories.rating("false"), summary="It is not so.")
    reviewed = search(client, OURS)["claims"][0]["claimReview"][0]
    assert (reviewed["textualRating"], reviewed["title"]) == ("False", "It is not so.")


def test_query_searches_words(client: Client) -> None:
    rain, snow = (factories.published(factories.claim(wording=f"Heavy {what} fell.")) for what in ("rain", "snow"))
    factories.published()
    assert texts(client, "query=snow") == wordings(snow)
    assert texts(client, "query=heavy+fell") == wordings(snow, rain)
    assert texts(client, "query=heavy+-snow") == wordings(rain)
    assert texts(client, "query=hail") == []
    assert texts(client, "query=%22") == []


@pytest.mark.parametrize(
    ("language", "asked", "others"),
    [
        ("en", ["en", "EN", "en-US", "en_US", "en-001", ""], ["km", "eng", "enm"]),
        ("en-gb", ["en", "en-US"], ["fr"]),
        ("sr-Latn", ["sr", "sr-Latn", "sr-Latn-RS"], ["sr-Cyrl"]),
    ],
)
def test_language_is_the_reviews_without_regard_to_its_region(
    client: Client, settings: Settings, language: str, asked: list[str], others: list[str]
) -> None:
    factories.published(factories.claim(article=factories.article(language="km")))
    settings.LANGUAGE_CODE = language
    for tag in asked:
        [claim] = search(client, f"{OURS}&languageCode={tag}")["claims"]
        assert claim["claimReview"][0]["languageCode"] == language
    for tag in others:
        assert search(client, f"{OURS}&languageCode={tag}").get("claims") is None, tag


@pytest.mark.parametrize("address", ["https://facts.example.com:8443", "https://www.facts.example.com:8443"])
def test_site_filter_knows_our_own_host(client: Client, settings: Settings, address: str) -> None:
    settings.SITE_URL = address
    factories.published()
    ours = ["facts.example.com", "www.facts.example.com", "WWW.Facts.Example.com", "facts.example.com:8443"]
    others = ["example.com", "facts.example.com.evil.org", "https://facts.example.com", "nytimes.com", "%00"]
    for sites, number in ((ours, 1), (others, 0)):
        for site in sites:
            assert len(texts(client, f"reviewPublisherSiteFilter={site}")) == number, site
            assert len(texts(client, f"query=rained&reviewPublisherSiteFilter={site}")) == number, site


def test_publishers_site_has_no_www_and_no_port(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://www.facts.example.com:8443"
    factories.published()
    assert search(client, "query=rained")["claims"][0]["claimReview"][0]["publisher"]["site"] == "facts.example.com"


def test_age_is_that_of_the_latest_publication(client: Client) -> None:
    for _ in range(3):
        factories.published()
    with connection.cursor() as cursor:
        # As only the ledger's owner could, triggers off: the first 4000 days ago, the second 10, the third today.
        cursor.execute("SET LOCAL session_replication_role = replica")
        today = "date_trunc('day', published_at, 'UTC')"
        days = "(ARRAY[4000, 10, 0])[sequence] * interval '24 hours'"
        cursor.execute(f"UPDATE claims_publication SET published_at = {today} - {days}")
        cursor.execute("SET LOCAL session_replication_role = origin")
    for asked, number in {0: 3, 1: 1, 9: 1, 10: 2, 4000: 3, 2**31 - 1: 3}.items():
        assert len(texts(client, f"{OURS}&maxAgeDays={asked}")) == number, asked


def test_age_is_counted_from_today(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.published()
    day_after_tomorrow = timezone.now() + timedelta(2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: day_after_tomorrow)
    assert [len(texts(client, f"{OURS}&maxAgeDays={days}")) for days in (1, 2)] == [0, 1]


def test_answer_is_indented_unless_asked_otherwise(client: Client) -> None:
    factories.published()
    pretty, plain = (client.get(f"{SEARCH}?{OURS}{asked}") for asked in ("", "&prettyPrint=false"))
    assert pretty.content.startswith(b'{\n  "claims": [')
    assert plain.content.startswith(b'{"claims":[{"text":')
    assert pretty.json() == plain.json()


def test_only_chosen_fields_are_in_the_answer(client: Client) -> None:
    made = [factories.published() for _ in range(2)]
    page = search(client, f"{OURS}&pageSize=1&fields=nextPageToken,claims(text,claimReview/publisher/site)")
    assert page["claims"] == [{"text": made[1].wording, "claimReview": [{"publisher": {"site": "127.0.0.1"}}]}]
    assert texts(client, f"{OURS}&pageToken={page['nextPageToken']}&fields=*") == [made[0].wording]
    assert search(client, f"{OURS}&fields=nextPageToken") == {}
    assert search(client, f"{OURS}&fields=") == search(client, OURS)


def test_what_all_of_googles_apis_take_is_accepted(client: Client) -> None:
    factories.published()
    others = "alt=json&$.xgafv=2&callback=f&quotaUser=me&uploadType=media&upload_protocol=raw"
    assert search(client, f"{OURS}&{others}&access_token=a&oauth_token=a") == search(client, OURS)


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        factories.published()
    later = f"pageToken={'_' * 16}"
    for query, cost in {
        OURS: 2,
        f"{OURS}&{later}": 2,
        f"query=rained&pageSize={number}": 3,
        f"query=rained&{later}&maxAgeDays=1&languageCode=en": 3,
    }.items():
        with django_assert_num_queries(cost):
            assert len(texts(client, query)) == number


def test_search_of_another_site_asks_for_no_claim(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert search(client, "query=rained&reviewPublisherSiteFilter=example.com") == {}


def test_head_is_get_without_body(client: Client) -> None:
    factories.published()
    got, headed = client.get(f"{SEARCH}?{OURS}"), client.head(f"{SEARCH}?{OURS}")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers["Content-Length"] == got.headers["Content-Length"]
