"""What is asked of a statement: what is guessed, found among the article’s words, and refused."""

import pytest
from django.urls import reverse

from claims.models import Claim, Speaker, Topic
from tests.claims import factories
from tests.claims.admin import desk
from tests.claims.admin.annotating import JSON, TEXT, page, statement

pytestmark = pytest.mark.django_db

annotator = pytest.fixture(desk.annotator)


def test_everything_about_a_statement_is_recorded(client, annotator):
    article = factories.article(TEXT)
    minister, ministry = factories.speaker("A Minister"), factories.speaker("The Ministry", kind="organization")
    rain, snow = factories.topic("Rain"), factories.topic("Snow")
    data = statement(
        article,
        "it snowed",
        form="direct_quote",
        speaker="a minister",
        relays="The Ministry",
        position="minister of weather",
        stated_on="2022-07",
        occasion="a press conference",
        topics="Rain\r\n\r\nsnow\r\nSNOW",
        checkability="vague",
    )
    client.post(page(article), data, headers=JSON)
    claim = Claim.objects.get()
    assert (claim.speaker, claim.relays, claim.position) == (minister, ministry, "minister of weather")
    assert (claim.form, claim.checkability, claim.occasion) == ("direct_quote", "vague", "a press conference")
    assert claim.stated == "2022-07"
    assert set(claim.topics.all()) == {rain, snow}


def test_panel_is_filled_in_with_what_can_be_guessed(client, annotator):
    article = factories.article(TEXT, published_on="2022-07-01", published_on_precision="month")
    factories.claim("It rained", article=article, occasion="a press conference")
    start = article.text.index("“It poured.”")
    address = reverse("admin:claims_article_statement", args=[article.pk])
    response = client.get(address, {"start": start, "end": start + len("“It poured.”")})
    assert '<option value="direct_quote" selected>' in response.text
    assert "It poured.</textarea>" in response.text
    assert 'value="2022-07"' in response.text
    assert 'value="a press conference"' in response.text


@pytest.mark.parametrize("other", ["a speech", ""])
def test_occasion_is_not_guessed_once_there_are_several(client, annotator, other):
    article = factories.article(TEXT)
    address = reverse("admin:claims_article_statement", args=[article.pk])
    place = {"start": 0, "end": len("It rained")}
    factories.claim("It poured", article=article, occasion=other)
    factories.claim("It rained", article=article, occasion="a press conference")
    factories.claim("it snowed", article=article, occasion="a press conference")
    assert client.get(address, place).context["form"].initial["occasion"] == ""


def test_words_that_were_changed_meanwhile_are_refused(client, annotator):
    article = factories.article(TEXT)
    data = statement(article, "it snowed") | {"quote": "it thawed"}
    response = client.post(page(article), data, headers=JSON)
    assert response.status_code == 422
    assert "text has changed since you selected" in response.json()["form"]
    assert not Claim.objects.exists()


def test_typed_words_are_found(client, annotator):
    article = factories.article(TEXT)
    typed = 'He said:  "It\npoured."'
    response = client.post(page(article), {"quote": typed, "checkability": "checkable"})
    claim = Claim.objects.get()
    assert response["Location"] == f"{page(article)}#claim-{claim.pk}"
    assert (claim.quote, claim.form, claim.wording) == (
        "He said: “It poured.”",
        "paraphrase",
        "He said: It poured.",
    )
    assert "The article’s own words are: He said: “It poured.”" in client.get(page(article)).text


def test_typed_words_that_are_there_twice_are_asked_about(client, annotator):
    article = factories.article(TEXT)
    data = {"quote": "It rained", "checkability": "checkable", "wording": "Rain."}
    response = client.post(page(article), data)
    assert "The article says this 2 times. Which one is it?" in response.text
    assert "…<mark>It rained</mark> on 𝒯uesday" in response.text
    assert response.text.count('<input type="radio" name="occurrence"') == 2
    client.post(page(article), data | {"occurrence": 2})
    assert Claim.objects.get().quote_start == article.text.rindex("It rained")


def test_typed_words_that_are_not_there_are_refused(client, annotator):
    response = client.post(page(factories.article(TEXT)), {"quote": "It thawed", "checkability": "checkable"})
    assert response.status_code == 422
    assert "does not say this, word for word" in response.text


def test_words_that_are_everywhere_are_asked_for_with_more(client, annotator):
    article = factories.article("rain " * 51)
    response = client.post(page(article), {"quote": "rain", "checkability": "checkable"})
    assert "says this 51 times. Take in more" in response.text


def test_nothing_is_added_for_a_statement_that_cannot_be_recorded(client, annotator):
    article = factories.article(TEXT)
    data = statement(article, "it snowed", speaker="A" * 310, new_speaker="person", topics="Ice", new_topics="on")
    response = client.post(page(article), data, headers=JSON)
    assert response.status_code == 422
    assert "at most 300 characters" in response.json()["form"]
    assert [model.objects.count() for model in (Speaker, Topic, Claim)] == [0, 0, 0]


def test_speaker_cannot_be_both_named_and_unknown(client, annotator):
    article = factories.article(TEXT)
    factories.speaker("Ada")
    data = statement(article, "it snowed", speaker="Ada", speaker_unknown="on")
    response = client.post(page(article), data, headers=JSON)
    assert response.json()["form"].count("not both") == 1
