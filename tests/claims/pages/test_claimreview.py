"""The ClaimReview in a verdict's page, as extruct finds it: one on its one page, and none anywhere else."""

from typing import Any

import extruct
import orjson
import pytest
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim, PublishedClaim
from claims.templatetags.pages import claim_review
from tests import demo
from tests.claims import factories, hostile
from tests.claims.pages.html import parse
from tests.claims.pages.test_every_page import addresses
from tests.claims.test_claimreview import DOCUMENT


def address(claim: Claim) -> str:
    return PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()


def reviews(client: Client, url: str) -> list[dict[str, Any]]:
    """What extruct finds of any ClaimReview in a page, in whatever syntax."""
    found = extruct.extract(client.get(url).text, uniform=True)
    nodes = [node for syntax in ("json-ld", "microdata", "rdfa", "microformat") for node in found[syntax]]
    return [node for node in nodes if "ClaimReview" in str(node)]


@pytest.mark.django_db
def test_every_verdict_page_of_the_seeds_has_one_and_no_other_page_any(client: Client) -> None:
    demo.load()
    for claim in PublishedClaim.objects.all():
        served = client.get(f"/api/v1/claims/{claim.pk}/claimreview/")
        assert reviews(client, claim.get_absolute_url()) == ([served.json()] if claim.rating else [])
    assert PublishedClaim.objects.exclude(rating=None).count() == 27
    claim = Claim.objects.select_related("article", "speaker").filter(speaker__isnull=False).first()
    own = address(claim)
    assert not [url for url in addresses(claim) if url != own and reviews(client, url)]


@pytest.mark.django_db
def test_only_the_page_of_a_verdict_that_stands_has_one(client: Client) -> None:
    corrected, retracted = factories.published(), factories.published()
    factories.amended(corrected)
    factories.amended(retracted, kind="retraction", note="Forged.")
    assert len(reviews(client, address(corrected))) == 1
    others = [address(retracted), address(factories.listed())]
    others += [f"{address(claim)}v{version}/" for claim in (corrected, retracted) for version in (1, 2)]
    for url in [*others, "/claims/?rating=true", "/claims/999999/"]:
        assert reviews(client, url) == []


@pytest.mark.django_db
def test_preview_of_a_verdict_has_none(client: Client) -> None:
    claim = factories.approved()
    client.force_login(factories.user("annotator"))
    assert reviews(client, f"/admin/claims/claim/{claim.pk}/preview/") == []


@pytest.mark.django_db
def test_review_names_the_page_it_is_on(client: Client) -> None:
    url = address(factories.published())
    (review,) = reviews(client, url)
    assert review["url"] == parse(client.get(url)).one("link", rel="canonical")["href"]
    assert client.get(review["@id"].removeprefix("http://127.0.0.1:8000")).url == url


@pytest.mark.django_db
def test_hostile_words_stay_in_the_data(client: Client) -> None:
    url = address(hostile.world().published)
    page = client.get(url)
    assert hostile.faults(page.text) == []
    (review,) = reviews(client, url)
    assert review["claimReviewed"].startswith(hostile.MARKUP)


PIECES = st.sampled_from(["<!--", "<script", "</script>", "]]>", "&lt;", "\u2028", "a"])


@given(words=st.text(min_size=1) | st.lists(PIECES, min_size=1).map("".join))
def test_no_words_can_end_the_data(words: str) -> None:
    block = claim_review(DOCUMENT | {"claim": words, "summary": words})
    opening, closing = '<script type="application/ld+json">', "</script>"
    assert block.startswith(opening)
    assert block.endswith(closing)
    data = block.removeprefix(opening).removesuffix(closing)
    assert not {"<", ">", "&"} & set(data)
    assert orjson.loads(data)["claimReviewed"] == words


def test_error_pages_have_none() -> None:
    assert "ld+json" not in render_to_string("500.html")
