"""Tying claims to their words again."""

import pytest
from django.urls import reverse

from claims.enums import Anchor
from claims.models import Claim
from tests.claims import factories
from tests.claims.admin import desk
from tests.claims.admin.correcting import FIRST, RECORD, address, an_article, corrected

pytestmark = pytest.mark.django_db

annotator = pytest.fixture(desk.annotator)
article = pytest.fixture(an_article)


def tie(client, claim, **fields):
    seen = client.get(address(claim.article, "anchors")).context["seen_text"]
    return client.post(address(claim.article, "anchors"), {"claim": claim.pk, "seen_text": seen} | fields)


def test_similar_words_are_confirmed(client, annotator, article):
    claim = factories.claim(RECORD, article=article)
    corrected(article, "94", "95")
    page = client.get(address(article, "anchors"))
    assert "added: </span>95" in page.text
    assert "end of what was added" in page.text
    assert "\n</strong>" not in page.text
    (item,) = page.context["adrift"]
    (place,) = item.places
    response = tie(client, claim, place=f"{place.start}-{place.end}")
    assert response.url == address(article, "annotate")
    claim.refresh_from_db()
    assert (claim.quote, claim.anchor) == (RECORD.replace("94", "95"), Anchor.EXACT)


def test_words_that_are_there_twice_are_chosen_among(client, annotator, article):
    claim = factories.claim(FIRST, article=article)
    corrected(article, f"{FIRST}, he added.", f"{FIRST}. {FIRST}.")
    (item,) = client.get(address(article, "anchors")).context["adrift"]
    assert len(item.places) == 2
    assert "Choose one of the places." in tie(client, claim, place="").text
    second = item.places[1]
    tie(client, claim, place=f"{second.start}-{second.end}")
    claim.refresh_from_db()
    assert (claim.quote, claim.quote_start) == (FIRST, second.start)


def test_other_words_are_typed(client, annotator, article):
    claim = factories.claim(FIRST, article=article)
    corrected(article, f"{FIRST}, he added.", "The inmates, then the rest.")
    assert "does not say this, word for word" in tie(client, claim, words="The prisoners").text
    tie(client, claim, words="  The inmates ")
    claim.refresh_from_db()
    assert (claim.quote, claim.anchor) == ("The inmates", Anchor.EXACT)


def test_words_with_other_marks_and_space_are_tied_as_the_article_has_them(client, annotator, article):
    claim = factories.claim(FIRST, article=article)
    corrected(article, f"{FIRST}, he added.", "“The inmates\nfirst,” he added.")
    tie(client, claim, words='"The inmates  first,"')
    claim.refresh_from_db()
    assert (claim.quote, claim.anchor) == ("“The inmates\nfirst,”", Anchor.EXACT)


def test_typed_words_that_are_there_twice_are_asked_about(client, annotator, article):
    claim = factories.claim(FIRST, article=article)
    corrected(article, f"{FIRST}, he added.", "The inmates first. The inmates, always.")
    response = tie(client, claim, words="The inmates")
    assert response.status_code == 409
    assert "says this 2 times. Which one is it?" in response.text
    assert len(response.context["adrift"][0].places) == 2


@pytest.mark.parametrize("place", ["5-2", "0-999999", "x-y", "1", "-1-3", "٣-٤"])
def test_place_that_is_none_is_refused(client, annotator, article, place):
    claim = factories.claim(FIRST, article=article)
    corrected(article, FIRST, "They came")
    assert tie(client, claim, place=place).status_code == 409
    assert Claim.objects.get().anchor != Anchor.EXACT


def test_place_in_a_text_that_was_corrected_meanwhile_is_refused(client, annotator, article):
    claim = factories.claim(RECORD, article=article)
    corrected(article, "94", "95")
    seen = client.get(address(article, "anchors")).context["seen_text"]
    corrected(article, "Tuesday", "Thursday")
    response = client.post(address(article, "anchors"), {"claim": claim.pk, "seen_text": seen, "place": "0-5"})
    assert response.status_code == 409
    assert "was corrected after you opened this page" in response.text


def test_claim_that_is_tied_already_is_said_to_be(client, annotator, article):
    claim, other = factories.claim(RECORD, article=article), factories.claim(FIRST, article=article)
    corrected(article, "94", "95")
    corrected(article, FIRST, "They came")
    (place,) = client.get(address(article, "anchors")).context["adrift"][0].places
    first = tie(client, claim, place=f"{place.start}-{place.end}")
    client.force_login(factories.user("researcher"))
    second = tie(client, claim, words="They came")
    assert first.url == second.url == address(article, "anchors")
    assert f"“{claim.wording}” is tied already, to “{RECORD.replace('94', '95')}”." in client.get(second.url).text
    tie(client, other, words="They came")
    assert tie(client, other, words="They came").url == address(article, "annotate")


@pytest.mark.parametrize("claim", ["", "x", "0", "999999"])
def test_claim_that_is_not_there_is_not_found(client, annotator, article, claim):
    factories.claim(RECORD, article=article)
    assert client.post(address(article, "anchors"), {"claim": claim, "place": "0-5"}).status_code == 404


def test_claim_of_another_article_or_that_was_dropped_is_not_found(client, annotator, article):
    dropped = factories.claim(FIRST, article=article)
    corrected(article, FIRST, "They came")
    Claim.objects.filter(pk=dropped.pk).update(workflow_status="dropped")
    for claim in (factories.claim(), dropped):
        assert client.post(address(article, "anchors"), {"claim": claim.pk, "place": "0-5"}).status_code == 404


def test_those_who_may_not_change_claims_have_no_button(client, article):
    claim = factories.claim(FIRST, article=article)
    corrected(article, FIRST, "They came")
    client.force_login(factories.user("reviewer"))
    page = client.get(address(article, "anchors")).text
    assert claim.wording in page
    assert 'type="submit" class="button' not in page
    assert client.post(address(article, "anchors"), {"claim": claim.pk, "words": "They"}).status_code == 403


def test_voided_approval_is_said_when_words_are_tied(client, annotator, article):
    claim = factories.approved(factories.claim(RECORD, article=article))
    corrected(article, "94", "95")
    tie(client, claim, words="95 per cent of people")
    assert "take it back to research and submit it again" in client.get(reverse("admin:claims_article_changelist")).text


def test_dropped_claims_wait_for_nobody(client, annotator, article):
    Claim.objects.filter(pk=factories.claim(RECORD, article=article).pk).update(workflow_status="dropped")
    corrected(article, RECORD, "all")
    assert client.get(address(article, "anchors")).context["adrift"] == []
