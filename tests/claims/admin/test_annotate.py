"""The page of an article with its statements: what it shows, records and says, and to whom."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.models import Claim
from tests.claims import factories
from tests.claims.admin import desk
from tests.claims.admin.annotating import JSON, TEXT, page, statement

pytestmark = pytest.mark.django_db

annotator = pytest.fixture(desk.annotator)


def test_article_is_shown_with_its_statements_marked(client, annotator):
    article = factories.article(TEXT)
    claim = factories.claim("It rained", article=article)
    response = client.get(page(article))
    assert f'<mark class="statement status-new" id="claim-{claim.pk}">' in response.text
    assert f'id="statement-{claim.pk}"' in response.text
    assert claim.speaker.name in response.text


def test_selected_words_are_recorded(client, annotator):
    article = factories.article(TEXT)
    response = client.post(page(article), statement(article, "it snowed"), headers=JSON)
    claim = Claim.objects.get()
    assert response.status_code == 200, response.text
    assert (claim.quote, claim.created_by, claim.wording) == ("it snowed", annotator, "It rained.")
    assert response.json()["claim"] == claim.pk
    assert f'id="claim-{claim.pk}"' in response.json()["panes"]
    assert response.json()["said"] == "Recorded: It rained."


def test_recorded_statement_is_followed_by_another_from_the_same_words(client, annotator):
    article = factories.article(TEXT)
    data = statement(article, "it snowed", another="1", topics="Snow", new_topics="on", speaker_unknown="on")
    answer = client.post(page(article), data, headers=JSON).json()
    again = client.get(reverse("admin:claims_article_statement", args=[article.pk]) + answer["again"])
    assert 'name="speaker_unknown" id="panel_speaker_unknown" checked' in again.text.replace(
        ' aria-describedby="panel_speaker_unknown_helptext"', ""
    )
    assert "Snow</textarea>" in again.text
    client.post(page(article), statement(article, "it snowed", wording="Other."), headers=JSON)
    assert Claim.objects.filter(quote="it snowed").count() == 2


def test_without_script_another_is_asked_for_on_the_page(client, annotator):
    article = factories.article(TEXT)
    response = client.post(page(article), statement(article, "it snowed", another="1"))
    claim = Claim.objects.get()
    place = f"start={claim.quote_start}&end={claim.quote_end}"
    assert response["Location"] == f"{page(article)}?{place}&like={claim.pk}#record"
    assert "<summary>Record a statement in these words</summary>" in client.get(response["Location"]).text


def test_same_statement_is_not_recorded_twice(client, annotator):
    article = factories.article(TEXT)
    client.post(page(article), statement(article, "it snowed"), headers=JSON)
    client.force_login(factories.user("annotator"))
    response = client.post(page(article), statement(article, "it snowed"), headers=JSON)
    assert "This claim is recorded already" in response.json()["form"]
    assert Claim.objects.count() == 1


def test_second_press_is_told_of_what_the_first_recorded(client, annotator):
    article = factories.article(TEXT)
    client.post(page(article), statement(article, "it snowed"), headers=JSON)
    response = client.post(page(article), statement(article, "it snowed"), headers=JSON)
    assert response.json()["said"] == "Recorded already: It rained."
    assert response.json()["claim"] == Claim.objects.get().pk
    Claim.objects.update(created_at=timezone.now() - timedelta(hours=1))
    response = client.post(page(article), statement(article, "it snowed"), headers=JSON)
    assert "This claim is recorded already" in response.json()["form"]


def test_dropped_statement_can_be_recorded_anew(client, annotator):
    article = factories.article(TEXT)
    client.post(page(article), statement(article, "it snowed"), headers=JSON)
    workflow.drop(Claim.objects.get(), by=factories.user("publisher"))
    assert client.post(page(article), statement(article, "it snowed"), headers=JSON).status_code == 200
    assert Claim.objects.count() == 2


@pytest.mark.parametrize("query", ["", "?start=5&end=5", "?start=0&end=9999", "?start=x&end=4", "?start=42&end=44"])
def test_panel_of_no_words_is_refused(client, annotator, query):
    article = factories.article(TEXT)
    assert client.get(reverse("admin:claims_article_statement", args=[article.pk]) + query).status_code == 400


def test_reviewer_sees_the_article_and_records_nothing(client):
    client.force_login(factories.user("reviewer"))
    article = factories.article(TEXT)
    response = client.get(page(article))
    assert response.status_code == 200
    assert "Record statement" not in response.text
    assert client.post(page(article), statement(article, "it snowed")).status_code == 403
    panel = reverse("admin:claims_article_statement", args=[article.pk])
    assert client.get(panel, {"start": 0, "end": 2}).status_code == 403
    names = reverse("admin:claims_speaker_names")
    assert client.get(names, {"q": "Ada"}).json() == {"offers": [], "create": []}
    assert client.post(names, {"name": "Ada", "kind": "person"}).status_code == 403


def test_nobody_without_a_role_sees_any_of_it(client):
    article = factories.article(TEXT)
    addresses = [
        page(article),
        reverse("admin:claims_article_statement", args=[article.pk]),
        reverse("admin:claims_speaker_names"),
        reverse("admin:claims_topic_names"),
    ]
    assert [client.get(address).status_code for address in addresses] == [302] * 4
    client.force_login(factories.user())
    assert [client.get(address).status_code for address in addresses] == [403] * 4
    assert client.get(reverse("admin:claims_article_annotate", args=[10**6])).status_code == 404


def test_adrift_and_dropped_claims_are_listed_apart(client, annotator):
    article = factories.article(TEXT)
    lost, dropped = (factories.claim(words, article=article) for words in ("it snowed", "It poured"))
    Claim.objects.filter(pk=lost.pk).update(anchor="lost")
    factories.workflow.drop(dropped, by=factories.user("publisher"))
    text = client.get(page(article)).text
    assert "<mark" not in text
    assert "Their words are not in the text any more" in text
    assert "1 dropped" in text


def test_hostile_words_are_inert(client, annotator):
    hostile = "<script>alert(1)</script>\u202e<img src=x onerror=alert(1)>"
    article = factories.article(f"{hostile} It rained.", title=hostile)
    factories.claim(hostile, article=article, wording=hostile, speaker=factories.speaker(hostile), topics=(hostile,))
    text = client.get(page(article), {"start": 0, "end": len(hostile)}).text
    assert "<script>alert" not in text
    assert "<img" not in text


@pytest.mark.parametrize("claims", [1, 3])
def test_page_costs_the_same_however_many_the_claims(client, annotator, claims, django_assert_num_queries):
    article = factories.article(TEXT)
    for words in ("It rained", "It poured", "it snowed")[:claims]:
        factories.claim(words, article=article)
    client.get(page(article))
    with django_assert_num_queries(6):
        client.get(page(article))


@pytest.mark.parametrize("claims", [1, 3])
def test_recording_costs_the_same_however_many_the_claims(client, annotator, claims, django_assert_num_queries):
    article = factories.article(TEXT)
    for words in ("It rained", "It poured", "it snowed")[:claims]:
        factories.claim(words, article=article)
    with django_assert_num_queries(50):
        client.post(page(article), statement(article, "it snowed"), headers=JSON)
