"""Speakers and topics by their names: offered, told apart, and added."""

import pytest
from django.urls import reverse

from claims.models import Claim, Speaker, Topic
from tests.claims import factories
from tests.claims.admin import desk
from tests.claims.admin.annotating import JSON, TEXT, page, statement

pytestmark = pytest.mark.django_db

annotator = pytest.fixture(desk.annotator)


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
