"""The Atom feeds, as feedparser reads them."""

from typing import Any

import feedparser
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from claims.models import PublishedClaim
from claims.pages.atom import AtomFeed
from claims.pages.feeds import _claim
from claims.presentation.records import Record
from tests.claims import factories, hostile
from tests.claims.pages.for_machines import faults_of_feed
from tests.claims.pages.html import parse
from tests.claims.test_claimreview import DOCUMENT

CLAIMS, CORRECTIONS = "/feeds/claims.atom", "/feeds/corrections.atom"
database = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def read(text: str) -> Any:
    found = feedparser.parse(text.encode())
    assert (found.bozo, found.version) == (False, "atom10")
    assert faults_of_feed(text) == []
    return found


def fetched(client: Client, address: str) -> Any:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert (response.cookies, "cookie" in response.get("Vary", "").lower()) == ({}, False)
    return read(response.text)


def links(thing: Any) -> dict[str, str]:
    return {link.rel: link.href for link in thing.links}


@database
def test_claims_are_told_newest_publication_first(client: Client) -> None:
    first, second = (factories.published(factories.claim(topics=("Health",))) for _ in range(2))
    factories.researched()
    assert [entry.id for entry in fetched(client, CLAIMS).entries] == [
        f"{SITE}/claims/{claim.pk}/" for claim in (second, first)
    ]
    before = fetched(client, CLAIMS).entries[1]
    factories.amended(first, summary="It is otherwise.", rating=factories.rating("false"))
    entry = fetched(client, CLAIMS).entries[0]
    assert (entry.id, entry.published) == (before.id, before.published)
    assert entry.title.startswith("False: ")
    assert entry.summary == "It is otherwise."
    assert [tag.term for tag in entry.tags] == ["Health"]
    assert "A figure was wrong." in entry.content[0].value
    assert client.get(entry.link.removeprefix(SITE)).status_code == 200


@database
def test_feed_says_whose_it_is_and_where(client: Client, settings: Any) -> None:
    settings.SITE_URL, settings.SITE_NAME = "https://facts.example.org", "The Facts"
    factories.published()
    for address, title in ((CLAIMS, "Claims"), (CORRECTIONS, "Corrections")):
        feed = fetched(client, address).feed
        assert feed.title == f"The Facts: {title}"
        assert (feed.author, feed.author_detail.href) == ("The Facts", "https://facts.example.org/")
        assert feed.id == links(feed)["self"] == f"https://facts.example.org{address}"
        assert links(feed)["alternate"] == f"https://facts.example.org/{title.lower()}/"


@database
def test_feed_is_as_new_as_its_newest_entry_and_empty_ones_never_change(client: Client) -> None:
    assert (
        fetched(client, CLAIMS).feed.updated == fetched(client, CORRECTIONS).feed.updated == "1970-01-01T00:00:00+00:00"
    )
    factories.published()
    found = fetched(client, CLAIMS)
    assert found.feed.updated == found.entries[0].updated


@database
def test_corrections_are_entries_of_their_own(client: Client) -> None:
    claim = factories.published(factories.claim(wording="It rained."))
    entries = [
        factories.amended(claim, kind=kind, note=f"The {kind}.") for kind in ("update", "correction", "retraction")
    ]
    told = fetched(client, CORRECTIONS).entries
    assert [(entry.id, entry.title, entry.summary) for entry in told] == [
        (f"{SITE}/api/v1/changes/{entry.sequence}/", f"{entry.kind.capitalize()}: It rained.", entry.note)
        for entry in reversed(entries)
    ]
    assert [entry.content[0].value.count("The correction.") for entry in told] == [0, 1, 0]
    assert {entry.link for entry in told} == {f"{SITE}/claims/{claim.pk}/"}
    assert client.get(told[0].id.removeprefix(SITE)).json()["kind"] == "retraction"


@database
def test_what_was_retracted_is_not_told_again(client: Client) -> None:
    claim = factories.published(summary="It is so.", explanation="Because.")
    factories.amended(claim, kind="retraction", note="Forged.", summary="It is so.", explanation="Because.")
    for address in (CLAIMS, CORRECTIONS):
        (entry,) = fetched(client, address).entries
        assert entry.title.startswith(("Retracted: ", "Retraction: "))
        assert "Forged." in entry.content[0].value
        assert not {"It is so.", "Because."} & {entry.summary, *entry.content[0].value.splitlines()}
        assert "Because." not in entry.content[0].value


@database
def test_claims_feed_takes_the_filters_of_the_list(client: Client) -> None:
    true, false = (factories.published(rating=factories.rating(slug)) for slug in ("true", "false"))
    found = fetched(client, f"{CLAIMS}?rating=true&q=")
    assert [entry.id for entry in found.entries] == [f"{SITE}/claims/{true.pk}/"]
    assert links(found.feed)["alternate"] == f"{SITE}/claims/?rating=true&q="
    assert len(fetched(client, f"{CLAIMS}?rating=true&rating=false").entries) == 2
    assert len(fetched(client, f"{CLAIMS}?speaker={false.speaker_id}").entries) == 1


@database
def test_every_list_leads_to_its_own_feed(client: Client) -> None:
    factories.published(factories.claim(topics=("Health",)))
    shown = parse(client.get("/claims/?rating=true&topic=health&topic=x&q=&page=1&other=1"))
    own = f"{CLAIMS}?rating=true&topic=health&topic=x"
    feeds = [link["href"] for link in shown.all("link", rel="alternate", type="application/atom+xml")]
    assert feeds == [CLAIMS, CORRECTIONS, own]
    assert own in [link["href"] for link in shown.all("a")]
    assert len(fetched(client, own).entries) == 1
    assert CLAIMS in [link["href"] for link in parse(client.get("/claims/")).all("a")]


@database
@pytest.mark.parametrize(
    ("address", "names"),
    [
        (f"{CLAIMS}?speaker=x&stated_after=July", ["speaker", "stated_after"]),
        (f"{CLAIMS}?colour=red", ["colour"]),
        (f"{CORRECTIONS}?rating=true", ["rating"]),
        ("/feeds/claimreview.json?page=2", ["page"]),
    ],
)
def test_malformed_or_unknown_parameters_are_refused_by_name(client: Client, address: str, names: list[str]) -> None:
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert [line.partition(":")[0] for line in response.text.splitlines()] == names


@database
@pytest.mark.parametrize("address", [CLAIMS, CORRECTIONS, "/feeds/claimreview.json"])
def test_feeds_are_only_read(client: Client, address: str) -> None:
    factories.amended(factories.published())
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(address).status_code == 405
    headed = client.head(address)
    assert (headed.status_code, headed.getvalue()) == (200, b"")
    assert headed["Content-Type"] == client.get(address)["Content-Type"]
    assert client.options(address)["Allow"] == "GET, HEAD, OPTIONS"


@database
def test_feeds_hold_the_last_fifty(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.pages.feeds.ENTRIES", 2)
    for _ in range(3):
        factories.amended(factories.published())
    assert [len(fetched(client, address).entries) for address in (CLAIMS, CORRECTIONS)] == [2, 2]


@database
@pytest.mark.parametrize("number", [1, 3])
def test_each_feed_costs_three_queries_at_most(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _ in range(number):
        factories.amended(factories.published(factories.claim(topics=("Health",))))
    for address, queries in {CLAIMS: 2, CORRECTIONS: 2, f"{CLAIMS}?rating=true&topic=health": 3}.items():
        with django_assert_num_queries(queries):
            assert len(fetched(client, address).entries) == number


@database
def test_hostile_words_are_inert_in_feeds(client: Client) -> None:
    hostile.world()
    for address in (CLAIMS, CORRECTIONS):
        for entry in fetched(client, address).entries:
            assert hostile.MARKUP[:30] in entry.title
        # As it was sent: what feedparser gives back, it has made safe.
        raw = read_raw(client.get(address).text)
        assert raw
        for content in raw:
            assert hostile.faults(f"<div>{content}</div>") == []


def read_raw(text: str) -> list[str]:
    """The contents of a feed's entries, as a program that trusts them would show them."""
    keep = feedparser.SANITIZE_HTML
    try:
        feedparser.SANITIZE_HTML = 0
        return [entry.content[0].value for entry in read(text).entries]
    finally:
        feedparser.SANITIZE_HTML = keep


@hypothesis_settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=50)
@given(words=st.text(min_size=1))
def test_no_words_break_a_feed(words: str) -> None:
    quote = {"exact": words, "prefix": "", "suffix": "", "start": 0, "end": 1}
    doc = DOCUMENT | {"claim": words, "summary": words, "quote": quote, "explanation": words, "topics": []}
    doc |= {"evidence": [], "topics": [{"name": words}]}
    feed = AtomFeed(title="Claims", address=CLAIMS, page="/claims/")
    feed.add_entry(**_claim(Record(10, "it-rained", doc)))
    (entry,) = read(feed.writeString("utf-8")).entries
    assert entry.link == f"{SITE}/claims/10-it-rained/"


@database
def test_addresses_are_of_this_site(client: Client) -> None:
    claim = factories.published()
    assert fetched(client, CLAIMS).entries[0].link == SITE + PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()
