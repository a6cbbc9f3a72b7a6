"""Pages are made once for each version of the record."""

import gzip
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import PublishedClaim
from tests.claims import factories

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _keeping(settings: Any) -> None:
    settings.CACHES = settings.CACHES | {"pages": settings.CACHES["default"] | {"LOCATION": "pages"}}


def published() -> str:
    return PublishedClaim.objects.get(pk=factories.published().pk).get_absolute_url()


def test_page_that_was_made_costs_one_query_until_the_record_changes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for url in ("/", "/claims/", "/ledger/", published()):
        before = client.get(url)
        with django_assert_num_queries(1):
            kept = client.get(url)
        assert (kept.content, kept["ETag"]) == (before.content, before["ETag"])
        assert kept["Content-Type"] == before["Content-Type"]
        factories.published()
        assert client.get(url)["ETag"] != before["ETag"]


def test_what_changes_a_page_is_seen_at_once(client: Client) -> None:
    url = published()
    assert b"About them" not in client.get(url).content
    about = factories.site_page(title="About them")
    assert b"About them" in client.get(url).content
    about.title = "About us all"
    about.save()
    assert b"About us all" in client.get(url).content
    reviewer = factories.user("reviewer")
    before = client.get(url)["ETag"]
    reviewer.first_name = "Ria"
    reviewer.save()
    assert client.get(url)["ETag"] != before


def test_signing_in_makes_no_page_anew(client: Client) -> None:
    published()
    reviewer = factories.user("reviewer")
    before = client.get("/")["ETag"]
    client.force_login(reviewer)
    assert client.get("/")["ETag"] == before


def test_page_elsewhere_is_another_one(client: Client) -> None:
    here = client.get("/corrections/").content
    published()
    client.get("/", SCRIPT_NAME="/corrections")
    assert client.get("/corrections/").content.partition(b"</title>")[0] == here.partition(b"</title>")[0]


def test_pages_that_somebody_searched_for_are_not_kept(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.published()
    address = "/claims/?rating=true"
    client.get(address)
    with django_assert_max_num_queries(4) as asked:
        client.get(address)
    assert len(asked) > 1


def test_parameters_of_those_who_count_readers_make_no_page_anew(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = published()
    clean = client.get(f"{url}?fbclid=1").content.replace(b"?fbclid=1", b"")
    assert client.get(url).content == clean
    with django_assert_num_queries(1):
        assert client.get(f"{url}?utm_source=x").content == clean


def test_head_is_kept_with_its_page(client: Client) -> None:
    url = published()
    length = client.head(url)["Content-Length"]
    page = client.get(url)
    assert len(page.content) == int(length) > 1000
    assert client.head(url).content == b""


def test_page_is_compressed_once_and_whoever_asks_for_it_plain_gets_the_same(client: Client) -> None:
    url = published()
    plain = client.get(url)
    answers = [
        client.get(url, headers={"accept-encoding": accepted})
        for accepted in ("gzip", "br, gzip;q=0.5", "br", "gzip;q=0")
    ]
    assert [answer.get("Content-Encoding") for answer in answers] == ["gzip", "gzip", None, None]
    assert answers[0].content == answers[1].content
    assert gzip.decompress(answers[0].content) == answers[2].content == plain.content
    assert all(answer["Vary"] == "Accept-Encoding" for answer in (plain, *answers))
    assert int(answers[0]["Content-Length"]) == len(answers[0].content) < len(plain.content) / 2
