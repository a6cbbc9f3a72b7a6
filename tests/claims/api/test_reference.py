"""Articles, speakers, sources, publishers, ratings and topics."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.models import Evidence, Topic
from sources.models import Publisher
from tests.claims import factories

pytestmark = pytest.mark.django_db
HOST = "http://testserver/api/v1"
SITE = "http://127.0.0.1:8000"
PAGED = ["articles", "speakers", "sources", "publishers", "topics"]
LISTS = [*PAGED, "ratings"]


def results(client: Client, noun: str) -> list[dict[str, Any]]:
    page = client.get(f"/api/v1/{noun}/").json()
    assert page["count"] == len(page["results"])
    return page["results"]


def test_article_has_its_text_and_its_claims_in_order(client: Client) -> None:
    article = factories.article(title="Rain", limits="Only online sources.", published_on_precision="")
    later = factories.published(factories.claim("Nobody objected", article=article))
    sooner = factories.listed(factories.claim("The mayor said", article=article))
    factories.researched(factories.claim("trees were planted", article=article))
    summary = {
        "id": article.pk,
        "title": "Rain",
        "title_note": None,
        "url": article.url,
        "outlet": {"id": article.outlet_id, "name": "The Daily Planet"},
        "byline": None,
        "published_on": None,
        "published_on_note": None,
        "language": "en",
        "limits": "Only online sources.",
        "claim_count": 2,
        "links": {
            "self": f"{HOST}/articles/{article.pk}/",
            "claims": f"{HOST}/claims/?article={article.pk}",
            "page": f"{SITE}/articles/{article.pk}-rain/",
            "annotations": f"{HOST}/articles/{article.pk}/annotations/",
        },
    }
    assert results(client, "articles") == [summary]
    detail = client.get(summary["links"]["self"]).json()
    claims = detail.pop("claims")
    assert detail == summary | {"text": article.text}
    assert [(claim["id"], claim["rating"]) for claim in claims] == [(sooner.pk, None), (later.pk, "true")]
    assert client.get(claims[0]["links"]["self"]).json()["url"] == claims[0]["links"]["page"]


def test_articles_come_newest_first(client: Client) -> None:
    first, second = factories.published(), factories.published()
    assert [article["id"] for article in results(client, "articles")] == [second.article_id, first.article_id]


def test_speaker_counts_claims_made_and_relayed(client: Client) -> None:
    speaker = factories.speaker("Ada", same_as=["https://www.wikidata.org/wiki/Q7259"])
    factories.published(factories.claim(speaker=speaker))
    factories.published(factories.claim(speaker=None, speaker_unknown=True, relays=speaker))
    factories.researched(factories.claim(speaker=speaker))
    expected = {
        "id": speaker.pk,
        "name": "Ada",
        "kind": "person",
        "same_as": ["https://www.wikidata.org/wiki/Q7259"],
        "note": None,
        "claim_count": 2,
        "links": {
            "self": f"{HOST}/speakers/{speaker.pk}/",
            "claims": f"{HOST}/claims/?speaker={speaker.pk}",
            "page": f"{SITE}/speakers/{speaker.pk}-ada/",
        },
    }
    assert results(client, "speakers") == [expected]
    assert client.get(expected["links"]["self"]).json() == expected


def test_source_counts_the_claims_it_is_evidence_for(client: Client) -> None:
    claim = factories.published()
    source = claim.evidence.get().source
    expected = {
        "id": source.pk,
        "title": source.title,
        "url": source.url,
        "publisher": {"id": source.publisher_id, "name": "The Daily Planet"},
        "kind": "dataset",
        "published_on": None,
        "published_on_note": None,
        "access": "open",
        "independence": None,
        "independence_note": None,
        "claim_count": 1,
    }
    (found,) = results(client, "sources")
    assert found.pop("links")["claims"] == f"{HOST}/claims/?source={source.pk}"
    assert found == expected


def test_publisher_counts_claims_of_its_articles_and_its_sources(client: Client) -> None:
    outlet, office = factories.publisher("The Planet"), factories.publisher("Office")
    Publisher.objects.filter(pk=office.pk).update(url="https://example.org/", same_as=["https://example.org/office"])
    article, source = factories.article(outlet=outlet), factories.source(publisher=office)
    for _ in range(2):
        claim = factories.researched(factories.claim(article=article))
        Evidence.objects.filter(claim=claim).update(source=source)
        factories.published(claim)
    factories.evidence(factories.claim(article=article), source=factories.source(publisher=office))
    claims, own = f"{HOST}/claims/", f"{HOST}/publishers"
    expected = [
        {
            "id": outlet.pk,
            "name": "The Planet",
            "url": None,
            "same_as": [],
            "claim_count": 2,
            "source_count": 0,
            "links": {
                "self": f"{own}/{outlet.pk}/",
                "claims": f"{claims}?outlet={outlet.pk}",
                "page": f"{SITE}/outlets/{outlet.pk}-the-planet/",
                "sourced": f"{claims}?publisher={outlet.pk}",
            },
        },
        {
            "id": office.pk,
            "name": "Office",
            "url": "https://example.org/",
            "same_as": ["https://example.org/office"],
            "claim_count": 0,
            "source_count": 1,
            "links": {
                "self": f"{own}/{office.pk}/",
                "claims": f"{claims}?outlet={office.pk}",
                "sourced": f"{claims}?publisher={office.pk}",
            },
        },
    ]
    assert results(client, "publishers") == expected
    assert [client.get(thing["links"]["self"]).json() for thing in expected] == expected
    assert [client.get(thing["links"]["sourced"]).json()["count"] for thing in expected] == [0, 2]


def test_publisher_of_drafts_only_is_not_shown(client: Client) -> None:
    factories.published()
    draft = factories.approved(factories.claim(article=factories.article(outlet=factories.publisher("Secret"))))
    source = factories.source(publisher=factories.publisher("Hidden"))
    factories.evidence(factories.claim(article=factories.article()), source=source)
    assert [publisher["name"] for publisher in results(client, "publishers")] == ["The Daily Planet"]
    for hidden in (draft.article.outlet_id, source.publisher_id):
        assert client.get(f"/api/v1/publishers/{hidden}/").status_code == 404


def test_ratings_are_the_whole_scale_best_first(client: Client) -> None:
    factories.whole_scale()
    factories.published(rating=factories.rating("mixed"))
    ratings = results(client, "ratings")
    counts = [(rating["slug"], rating["value"], rating["claim_count"]) for rating in ratings]
    assert counts == [("true", 3, 0), ("mixed", 2, 1), ("false", 1, 0), ("unproven", None, 0)]
    assert client.get("/api/v1/ratings/mixed/").json() == ratings[1]


def test_topic_counts_its_claims(client: Client) -> None:
    for _ in range(2):
        factories.published(factories.claim(topics=("Public health",)))
    factories.researched(factories.claim(topics=("Secret",)))
    (topic,) = results(client, "topics")
    assert (topic["slug"], topic["name"], topic["claim_count"]) == ("public-health", "Public health", 2)
    assert topic["links"]["claims"] == f"{HOST}/claims/?topic=public-health"
    assert client.get("/api/v1/topics/public-health/").json() == topic


def test_what_no_claim_is_about_any_more_is_still_there(client: Client) -> None:
    claim = factories.published(factories.claim(topics=("Health", "Trade")))
    workflow.reopen(claim, by=factories.user("researcher"))
    claim.topics.set(Topic.objects.filter(slug="health"))
    factories.published(claim, kind="correction", note="It is not about trade.")
    counts = {topic["slug"]: topic["claim_count"] for topic in results(client, "topics")}
    assert counts == {"health": 1, "trade": 0}


@pytest.mark.parametrize("noun", LISTS)
def test_links_lead_to_the_claims_that_are_counted(client: Client, noun: str) -> None:
    for number in range(2):
        factories.published(factories.claim(topics=("Health", f"Topic {number}")))
    factories.published(rating=factories.rating("false"))
    for thing in results(client, noun):
        assert client.get(thing["links"]["claims"]).json()["count"] == thing["claim_count"]
        assert client.get(thing["links"]["self"]).json()["claim_count"] == thing["claim_count"]


def test_what_only_drafts_refer_to_is_not_found(client: Client) -> None:
    claim = factories.approved(factories.claim(topics=("Secret",), relays=factories.speaker()))
    addresses = [
        f"articles/{claim.article_id}",
        f"speakers/{claim.speaker_id}",
        f"speakers/{claim.relays_id}",
        f"sources/{claim.evidence.get().source_id}",
        f"publishers/{claim.article.outlet_id}",
        "topics/secret",
    ]
    assert [client.get(f"/api/v1/{address}/").status_code for address in addresses] == [404] * 6
    assert [results(client, noun) for noun in PAGED] == [[]] * 5


@pytest.mark.parametrize("noun", LISTS)
def test_thing_that_never_was_is_not_found(client: Client, noun: str) -> None:
    for key in ("0", "nothing", "9" * 30):
        response = client.get(f"/api/v1/{noun}/{key}/")
        assert (response.status_code, response.json()["detail"]) == (404, "Not found.")


@pytest.mark.parametrize("noun", PAGED)
@pytest.mark.parametrize("query", ["cursor=x", "page_size=x", "name=x"])
def test_bad_parameter_is_named(client: Client, noun: str, query: str) -> None:
    response = client.get(f"/api/v1/{noun}/?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [query.partition("=")[0]])


def test_ratings_take_no_parameters(client: Client) -> None:
    response = client.get("/api/v1/ratings/?page_size=2")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["page_size"])


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, noun: str, number: int
) -> None:
    for index in range(number):
        article = factories.article(outlet=factories.publisher(f"Outlet {index}"))
        factories.published(factories.claim(article=article, topics=(f"Topic {index}",)), rating=factories.rating())
    with django_assert_num_queries({"ratings": 3, "speakers": 5}.get(noun, 4)):
        results(client, noun)


@pytest.mark.parametrize("number", [1, 3])
def test_article_costs_four_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    article = factories.article()
    for _ in range(number):
        factories.published(factories.claim(article=article))
    with django_assert_num_queries(4):
        assert len(client.get(f"/api/v1/articles/{article.pk}/").json()["claims"]) == number
