"""ClaimReview and Web Annotations as the API serves them."""

from typing import Any

import jsonschema
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.api import linked_data
from claims.models import Claim
from tests import demo
from tests.claims import factories
from tests.claims.api.test_schema import publish_all_kinds, strict
from tests.claims.corrections import correct

pytestmark = pytest.mark.django_db

ANNO = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


def review_of(claim: Claim) -> str:
    return f"/api/v1/claims/{claim.pk}/claimreview/"


def annotations_of(article_id: int) -> str:
    return f"/api/v1/articles/{article_id}/annotations/"


def items(client: Client, article_id: int) -> list[dict[str, Any]]:
    return client.get(annotations_of(article_id)).json()["items"]


def valid(described: dict[str, Any], answer: Any) -> None:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(strict(described), format_checker=checker).validate(answer)


def test_claim_review_is_served_as_json_ld(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://facts.example.org"
    claim = factories.published(factories.claim(wording="It rained."), summary="It did.")
    response = client.get(review_of(claim))
    review = response.json()
    assert response.headers["Content-Type"] == "application/ld+json"
    assert (review["@context"], review["@type"]) == ("https://schema.org", "ClaimReview")
    assert review["url"] == f"https://facts.example.org/claims/{claim.pk}-it-rained/"
    assert (review["claimReviewed"], review["reviewBody"]) == ("It rained.", "It did.")


def test_there_is_no_claim_review_without_a_verdict(client: Client) -> None:
    retracted = factories.published()
    factories.amended(retracted, kind="retraction", note="Forged.")
    unchecked = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    for claim in (factories.listed(), factories.approved(), retracted, unchecked):
        assert client.get(review_of(claim)).status_code == 404
    assert client.get("/api/v1/claims/999/claimreview/").status_code == 404


def test_claim_review_follows_what_is_published(client: Client) -> None:
    claim = factories.published(rating=factories.rating("true"))
    factories.amended(claim, note="The year was wrong.", rating=factories.rating("false"))
    review = client.get(review_of(claim)).json()
    assert review["reviewRating"]["alternateName"] == "False"
    assert [said["text"] for said in review["correction"]] == ["The year was wrong."]


def test_every_document_is_as_described(client: Client) -> None:
    publish_all_kinds()
    articles, reviews = set(), 0
    for claim in client.get("/api/v1/claims/").json()["results"]:
        response = client.get(f"/api/v1/claims/{claim['id']}/claimreview/")
        articles.add(claim["article"]["id"])
        if response.status_code == 200:
            valid(linked_data.CLAIM_REVIEW, response.json())
            reviews += 1
    assert (reviews, len(articles)) == (1, 4)
    for article in articles:
        valid(linked_data.ANNOTATION_PAGE, client.get(annotations_of(article)).json())


def test_every_seed_is_as_described(client: Client) -> None:
    demo.load()
    claims = client.get("/api/v1/claims/").json()["results"]
    answers = [client.get(f"/api/v1/claims/{claim['id']}/claimreview/") for claim in claims]
    for claim, answer in zip(claims, answers, strict=True):
        assert answer.status_code == (200 if claim["rating"] else 404)
        if claim["rating"]:
            valid(linked_data.CLAIM_REVIEW, answer.json())
    page = client.get(annotations_of(claims[0]["article"]["id"])).json()
    valid(linked_data.ANNOTATION_PAGE, page)
    assert (page["partOf"]["total"], len(page["items"])) == (29, 29)
    starts = [item["target"]["selector"][1]["start"] for item in page["items"]]
    assert starts == sorted(starts)


def test_schema_describes_them(client: Client) -> None:
    schema = client.get("/api/schema/").json()
    for path, described in (
        ("/api/v1/claims/{id}/claimreview/", linked_data.CLAIM_REVIEW),
        ("/api/v1/articles/{id}/annotations/", linked_data.ANNOTATION_PAGE),
    ):
        answers = schema["paths"][path]["get"]["responses"]
        assert answers["200"]["content"]["application/ld+json"]["schema"]["required"] == described["required"]
        assert {"400", "404"} <= set(answers)


def test_annotation_has_the_verdict_and_the_words_it_is_about(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://facts.example.org"
    article = factories.article("Before it. It rained. After it.", url="https://example.org/rain")
    claim = factories.published(factories.claim("It rained", article=article, wording="Rain."), summary="It did.")
    response = client.get(annotations_of(article.pk))
    assert response.headers["Content-Type"] == ANNO
    address = f"https://facts.example.org/api/v1/articles/{article.pk}/annotations/"
    (annotation,) = response.json()["items"]
    assert annotation["id"] == f"{address}#claim-{claim.pk}"
    assert (annotation["motivation"], annotation["created"]) == ("assessing", annotation["modified"])
    assert [(body.get("value") or body["source"], body["purpose"]) for body in annotation["body"]] == [
        ("It did.", "assessing"),
        ("True", "tagging"),
        (f"https://facts.example.org/claims/{claim.pk}-rain/", "linking"),
        (f"https://facts.example.org/api/v1/claims/{claim.pk}/claimreview/", "linking"),
    ]
    assert annotation["target"] == {
        "type": "SpecificResource",
        "source": "https://example.org/rain",
        "selector": [
            {"type": "TextQuoteSelector", "exact": "It rained", "prefix": "Before it. ", "suffix": ". After it."},
            {"type": "TextPositionSelector", "start": 11, "end": 20},
        ],
    }


def test_annotation_of_words_that_are_elsewhere_now_has_no_position(client: Client) -> None:
    article = factories.article("It rained. It snowed.")
    for quote in ("It rained", "It snowed"):
        factories.published(factories.claim(quote, article=article))
    correct(article, text="It rained. It hailed. It snowed.")
    stands, moved = items(client, article.pk)
    assert [selector["type"] for selector in stands["target"]["selector"]] == [
        "TextQuoteSelector",
        "TextPositionSelector",
    ]
    assert [selector["exact"] for selector in moved["target"]["selector"]] == ["It snowed"]
    valid(linked_data.ANNOTATION_PAGE, client.get(annotations_of(article.pk)).json())


def test_annotation_of_an_article_without_address_is_of_its_page_here(client: Client) -> None:
    article = factories.article(url="")
    factories.published(factories.claim(article=article))
    (annotation,) = items(client, article.pk)
    assert annotation["target"]["source"].endswith(article.get_absolute_url())


def test_annotation_of_a_listing_marks_and_does_not_assess(client: Client) -> None:
    claim = factories.listed()
    (annotation,) = items(client, claim.article_id)
    assert annotation["motivation"] == "highlighting"
    assert [(body["purpose"], body.get("value")) for body in annotation["body"]] == [
        ("tagging", "Not yet checked"),
        ("linking", None),
    ]


def test_what_was_retracted_is_no_annotation(client: Client) -> None:
    article = factories.article()
    kept, retracted = (factories.published(factories.claim(article=article)) for _ in range(2))
    factories.amended(retracted, kind="retraction", note="Forged.")
    page = client.get(annotations_of(article.pk)).json()
    assert [item["id"].rpartition("-")[2] for item in page["items"]] == [str(kept.pk)]
    assert page["partOf"]["total"] == 1
    factories.amended(kept, kind="retraction", note="Forged too.")
    assert items(client, article.pk) == []


def test_article_without_published_claims_has_no_annotations(client: Client) -> None:
    assert client.get(annotations_of(factories.approved().article_id)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_each_costs_few_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int) -> None:
    article = factories.article()
    claim, *_rest = [factories.published(factories.claim(article=article)) for _ in range(number)]
    with django_assert_num_queries(3):
        assert len(items(client, article.pk)) == number
    with django_assert_num_queries(2):
        assert client.get(review_of(claim)).status_code == 200
