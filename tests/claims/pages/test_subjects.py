"""Pages of topics, sources and outlets: what claims have in common."""

from collections.abc import Callable

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, Facet, PublishedClaim, Topic
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db


def page(client: Client, url: str) -> Node:
    response = client.get(url)
    assert response.status_code == 200, url
    return parse(response)


def wordings(shown: Node) -> list[str]:
    return [record.one("a").words for record in shown.all("article", class_="record")]


def rows(shown: Node) -> list[list[str]]:
    return [[cell.words for cell in row.all() if cell.tag in ("th", "td")] for row in shown.one("tbody").all("tr")]


def two_claims() -> list[Claim]:
    """Alike in their topic, source and outlet, of 2019 and 2021; and one that has nothing to do with them."""
    article, source = factories.article(outlet=factories.publisher("The Gazette")), factories.source(title="The count")
    claims = []
    for year in (2019, 2021):
        claim = factories.claim(
            article=article, topics=("Public health",), stated_on=f"{year}-05-01", wording=f"In {year}."
        )
        factories.evidence(claim, source=source)
        claims.append(factories.published(claim))
    factories.published(factories.claim(topics=("Trade",), wording="Other."))
    return claims


ADDRESSES: dict[str, Callable[[Claim], str]] = {
    "topics": lambda claim: "/topics/public-health/",
    "sources": lambda claim: f"/sources/{claim.evidence.get(source__title='The count').source_id}-the-count/",
    "outlets": lambda claim: f"/outlets/{claim.article.outlet_id}-the-gazette/",
    "speakers": lambda claim: claim.speaker.get_absolute_url(),
}


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_page_lists_its_claims_with_counts_and_nobody_s_share_of_truth(client: Client, noun: str) -> None:
    claims = two_claims()
    shown = page(client, ADDRESSES[noun](claims[0])).one("main")
    assert wordings(shown) == ["In 2021.", "In 2019."]
    assert shown.one("ul", class_="tally").words == "True 2"
    assert "%" not in shown.words
    assert "say nothing about" in shown.words


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_list_leads_to_each_with_its_number_of_claims(client: Client, noun: str) -> None:
    address = ADDRESSES[noun](two_claims()[0])
    rows = page(client, f"/{noun}/").one("ul", class_="rows").all("li")
    numbers = {row.one("a")["href"]: row.all("span")[-1].words for row in rows}
    assert numbers[address] == "2 claims"
    assert all(client.get(url).status_code == 200 for url in numbers)


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_what_does_not_fit_is_on_further_pages(client: Client, monkeypatch: pytest.MonkeyPatch, noun: str) -> None:
    monkeypatch.setattr("claims.pages.record_list.RecordList.paginate_by", 1)
    address = ADDRESSES[noun](two_claims()[0])
    more = page(client, address).one("a", rel="next")["href"]
    shown = page(client, address + more)
    assert wordings(shown) == ["In 2019."]
    assert shown.one("link", rel="canonical")["href"].endswith(f"{address}?page=2")


@pytest.mark.parametrize("noun", ADDRESSES)
def test_links_elsewhere_have_the_same_claims(client: Client, noun: str) -> None:
    claims = two_claims()
    shown = page(client, ADDRESSES[noun](claims[0]))
    listed, json, csv, atom = (link["href"] for link in shown.one("ul", class_="elsewhere").all("a"))
    expected = wordings(shown.one("main"))
    assert wordings(page(client, listed)) == expected
    assert [doc["claim"] for doc in client.get(json).json()["results"]] == expected
    assert b"".join(client.get(csv)).decode().count("\r\n") == len(expected) + 1
    assert client.get(atom).content.decode().count("<entry>") == len(expected)


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_tally_leads_to_these_claims_of_that_rating(client: Client, noun: str) -> None:
    address = ADDRESSES[noun](two_claims()[0])
    link = page(client, address).one("ul", class_="tally").one("a")["href"]
    assert sorted(wordings(page(client, link))) == ["In 2019.", "In 2021."]


def test_years_are_drawn_and_in_a_table(client: Client) -> None:
    shown = page(client, ADDRESSES["topics"](two_claims()[0])).one("figure", class_="timeline")
    assert len(shown.all("rect")) == 2
    assert [text.words for text in shown.all("text")] == ["2019", "2020", "2021"]
    assert rows(shown) == [["2019", "1"], ["2021", "1"]]


def test_one_year_is_not_drawn(client: Client) -> None:
    factories.published(factories.claim(topics=("Public health",)))
    assert not page(client, "/topics/public-health/").all("figure")


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_what_only_drafts_refer_to_is_not_found(client: Client, noun: str) -> None:
    claim = factories.approved(factories.claim(topics=("Public health",)))
    addresses = {
        "topics": "/topics/public-health/",
        "sources": f"/sources/{claim.evidence.get().source_id}/",
        "outlets": f"/outlets/{claim.article.outlet_id}/",
    }
    assert client.get(addresses[noun]).status_code == 404
    assert not page(client, f"/{noun}/").all("a", class_="row-title")


@pytest.mark.parametrize("noun", ["sources", "outlets"])
def test_other_spellings_redirect_for_good(client: Client, noun: str) -> None:
    address = ADDRESSES[noun](two_claims()[0])
    for spelling in (address.partition("-")[0] + "/", address.partition("-")[0] + "-other/"):
        response = client.get(spelling)
        assert (response.status_code, response["Location"]) == (301, address)


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_few_queries(client: Client, django_assert_max_num_queries, noun: str, number: int) -> None:
    for _ in range(number):
        claims = two_claims()
    for url in (f"/{noun}/", ADDRESSES[noun](claims[0])):
        client.get(url)
        with django_assert_max_num_queries(3):
            client.get(url)


def test_topic_that_no_claim_has_any_more_keeps_its_page(client: Client) -> None:
    claim = factories.published(factories.claim(topics=("Health", "Trade")))
    workflow.reopen(claim, by=factories.user("researcher"))
    claim.topics.set(Topic.objects.filter(slug="health"))
    factories.published(claim, kind="correction", note="It is not about trade.")
    assert "No published claim refers to this any more" in page(client, "/topics/trade/").words


def test_verdict_leads_to_its_topics_sources_and_outlet(client: Client) -> None:
    claim = two_claims()[0]
    links = {link["href"] for link in page(client, PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()).all("a")}
    assert {ADDRESSES[noun](claim) for noun in ADDRESSES} <= links


def test_statement_of_no_known_date_is_in_the_table_only(client: Client) -> None:
    two_claims()
    factories.published(factories.claim(topics=("Public health",), stated_on="1999-01-01"))
    Facet.objects.filter(kind="stated_from_year", value="1999").delete()
    shown = page(client, "/topics/public-health/").one("figure")
    assert len(shown.all("rect")) == 2
    assert rows(shown)[-1] == ["Date not known", "1"]


@pytest.mark.parametrize("noun", ["topics", "sources", "outlets"])
def test_later_pages_count_nothing_anew_and_walk_to_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, noun: str, django_assert_max_num_queries
) -> None:
    claims = two_claims()
    monkeypatch.setattr("claims.pages.record_list.RecordList.paginate_by", 1)
    address = ADDRESSES[noun](claims[0])
    client.get(address)
    with django_assert_max_num_queries(3) as asked:
        shown = page(client, f"{address}?page=2")
    assert wordings(shown) == ["In 2019."]
    assert shown.one("ul", class_="tally").words == "True 2"
    assert not [query["sql"] for query in asked if "COUNT" in query["sql"].upper() or "OFFSET" in query["sql"]]


def test_retracted_claim_counts_as_that_and_a_listing_as_not_checked(client: Client) -> None:
    address = ADDRESSES["topics"](two_claims()[0])
    factories.listed(factories.claim(topics=("Public health",)))
    retracted = factories.published(factories.claim(topics=("Public health",)))
    factories.amended(retracted, kind="retraction", note="It was forged.")
    tally = page(client, address).one("ul", class_="tally")
    assert [line.words for line in tally.all("li")] == ["True 2", "Not yet checked 1", "Retracted 1"]


@pytest.mark.parametrize("things", ["articles", "speakers", "topics", "sources"])
def test_list_leads_to_the_same_as_json(client: Client, things: str) -> None:
    factories.published(factories.claim(topics=("Weather",)))
    (link,) = parse(client.get(f"/{things}/")).all("a", type="application/json")
    found = client.get(link["href"]).json()["results"]
    shown = parse(client.get(f"/{things}/")).one("ul", class_="rows").all("li")
    assert (link["href"], len(found)) == (f"/api/v1/{things}/", len(shown))
