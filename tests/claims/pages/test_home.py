import pytest
from django.test import Client

from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


def test_home_has_the_latest_first_and_counts_by_rating(client: Client) -> None:
    factories.whole_scale()
    corrected = factories.published(factories.claim(wording="Corrected."))
    factories.published(factories.claim(wording="Later."), rating=factories.rating("unproven"))
    factories.amended(corrected)
    factories.researched(factories.claim(wording="A draft."))
    shown = parse(client.get("/"))
    assert [heading.words for heading in shown.all("h3", class_="record-claim")] == ["Corrected.", "Later."]
    assert [item.words for item in shown.one("ul", class_="tally").all("li")] == ["True 1", "Unproven 1"]
    assert "2 statements so far" in shown.words
    assert corrected.article.get_absolute_url() in [link["href"] for link in shown.all("a")]


def test_home_before_anything_is_published_says_so(client: Client) -> None:
    assert "Nothing has been published yet." in parse(client.get("/")).words
