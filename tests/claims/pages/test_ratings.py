import pytest
from django.test import Client

from claims.models import Rating
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


def test_the_scale_is_shown_with_definitions_and_counts(client: Client) -> None:
    factories.whole_scale()
    factories.published(rating=factories.rating("false"))
    scale = parse(client.get("/ratings/")).one("ul", class_="scale")
    assert [item.words for item in scale.all("li")] == [
        "True When a claim is true. not given yet",
        "Mixed When a claim is mixed. not given yet",
        "False When a claim is false. 1 claim",
        "Unproven When a claim is unproven. not given yet",
    ]
    assert [item["id"] for item in scale.all("li")] == ["true", "mixed", "false", "unproven"]
    assert scale.one("a")["href"] == "/claims/?rating=false"


def test_claims_without_a_rating_are_counted_apart(client: Client) -> None:
    factories.whole_scale()
    factories.listed()
    factories.listed(factories.claim(checkability="opinion"))
    factories.amended(factories.published(), kind="retraction")
    _scale, unrated = parse(client.get("/ratings/")).all("ul", class_="scale")
    assert [item.one(class_="mark-word").text for item in unrated.all("li")] == [
        "Not yet checked",
        "Not checkable",
        "Retracted",
    ]
    assert [link["href"] for link in unrated.all("a")] == [
        "/claims/?verification_status=not_checkable",
        "/claims/?verification_status=retracted",
    ]


def test_count_leads_to_as_many_claims(client: Client) -> None:
    for slug in ("true", "unproven"):
        _kept, retracted = (factories.published(rating=factories.rating(slug)) for _ in range(2))
        factories.amended(retracted, kind="retraction")
    scale, *_rest = parse(client.get("/ratings/")).all("ul", class_="scale")
    assert [link.words for link in scale.all("a")] == ["1 claim", "1 claim"]
    for link in scale.all("a"):
        assert len(parse(client.get(link["href"])).all("article", class_="record")) == 1, link["href"]


def test_a_rating_struck_from_the_scale_is_still_counted(client: Client) -> None:
    factories.published()
    Rating.objects.update(slug="renamed")
    (scale,) = parse(client.get("/ratings/")).all("ul", class_="scale")
    assert [item.one(class_="mark-word").text for item in scale.all("li")] == ["True", "true"]
