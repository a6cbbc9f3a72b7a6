from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Speaker, Topic
from tests.claims import factories

pytestmark = pytest.mark.django_db

TEXT = "It rained on Monday. He said: “It poured.”\n\nIt rained on 𝒯uesday, and it snowed."
JSON = {"accept": "application/json"}


@pytest.fixture
def annotator(client):
    user = factories.user("annotator")
    client.force_login(user)
    return user


def page(article):
    return reverse("admin:claims_article_annotate", args=[article.pk])


def statement(article, words="", **fields):
    """What the panel posts for the first place of ``words``."""
    start = article.text.index(words)
    return {
        "start": start,
        "end": start + len(words),
        "quote": words,
        "form": "paraphrase",
        "wording": "It rained.",
        "checkability": "checkable",
        **fields,
    }


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


@pytest.mark.parametrize("query", ["", "?start=5&end=5", "?start=0&end=9999", "?start=x&end=4", "?start=42&end=44"])
def test_panel_of_no_words_is_refused(client, annotator, query):
    article = factories.article(TEXT)
    assert client.get(reverse("admin:claims_article_statement", args=[article.pk]) + query).status_code == 400


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


def test_speaker_that_is_not_there_is_added_if_told_so(client, annotator):
    article = factories.article(TEXT)
    data = statement(article, "it snowed", speaker="Ada", relays="The Ministry", topics="Snow\nIce")
    response = client.post(page(article), data, headers=JSON)
    form = response.json()["form"]
    assert "There is no speaker named “Ada”." in form
    assert "Add “The Ministry” as" in form
    assert "There is no topic named “Snow”, “Ice”." in form
    assert not Claim.objects.exists()
    client.post(page(article), data | {"new_speaker": "person", "new_relays": "organization", "new_topics": "on"})
    claim = Claim.objects.get()
    assert (claim.speaker.name, claim.relays.name, claim.relays.kind) == ("Ada", "The Ministry", "organization")
    assert set(Topic.objects.values_list("name", flat=True)) == {"Snow", "Ice"}


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


def test_speakers_of_one_name_are_told_apart(client, annotator):
    article = factories.article(TEXT)
    one, other = factories.speaker("Ada"), factories.speaker("ada")
    response = client.post(page(article), statement(article, "it snowed", speaker="Ada"), headers=JSON)
    assert f"write “Ada (#{one.pk})” or “ada (#{other.pk})”" in response.json()["form"]
    client.post(page(article), statement(article, "it snowed", speaker=f"Ada (#{other.pk})"), headers=JSON)
    assert Claim.objects.get().speaker == other


def test_names_are_offered_while_they_are_typed(client, annotator):
    factories.speaker("The Ada Company", kind="organization")
    factories.speaker("Ada")
    merged = factories.speaker("Ada L.")
    Speaker.objects.filter(pk=merged.pk).update(merged_into=factories.speaker("Somebody"))
    answer = client.get(reverse("admin:claims_speaker_names"), {"q": "ada"}).json()
    assert answer == {
        "offers": [{"text": "Ada", "detail": "person"}, {"text": "The Ada Company", "detail": "organisation"}],
        "create": [],
    }


def test_names_that_are_not_there_can_be_created(client, annotator):
    address = reverse("admin:claims_speaker_names")
    answer = client.get(address, {"q": " Ada  Lovelace"}).json()
    assert answer["create"][0] == {"kind": "person", "text": "Create “Ada Lovelace” as a person"}
    response = client.post(address, {"name": "Ada Lovelace", "kind": "person"})
    added = {"text": "Ada Lovelace", "said": "“Ada Lovelace” is there now."}
    assert (response.status_code, response.json()) == (201, added)
    assert client.post(address, {"name": "", "kind": "person"}).status_code == 400
    topics = reverse("admin:claims_topic_names")
    assert client.get(topics, {"q": "Rain"}).json()["create"] == [{"kind": "", "text": "Create “Rain”"}]
    client.post(topics, {"name": "Rain"})
    assert client.get(topics, {"q": "rain"}).json() == {"offers": [{"text": "Rain", "detail": ""}], "create": []}


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
