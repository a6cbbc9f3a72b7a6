import pytest
from django.urls import reverse

from claims import discussion
from tests.claims import factories

pytestmark = pytest.mark.django_db


def page(client, claim):
    client.force_login(factories.user("annotator"))
    return client.get(reverse("admin:claims_claim_history", args=[claim.pk]))


def test_history_reads_as_a_story(client):
    claim = factories.published(by=factories.user("researcher", first_name="Rosa", last_name="Searle"))
    text = " ".join(page(client, claim).text.split())
    assert '<bdi class="who visually-hidden">Rosa Searle</bdi> submitted it for review, as a verdict.' in text
    assert '<bdi class="who">Rita Reviewer</bdi> approved it.' in text
    assert "published version 1, a verdict." in text


def test_hostile_words_are_inert_in_the_story(client):
    claim = factories.claim(wording="<script>alert(1)</script>")
    discussion.note(claim, "<img src=x onerror=alert(1)>", by=factories.user("reviewer"))
    text = page(client, claim).text
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


@pytest.mark.parametrize("key", ["999999", "nonsense"])
def test_story_of_a_claim_that_is_not_there_is_not_found(client, key):
    client.force_login(factories.user("annotator"))
    assert client.get(reverse("admin:claims_claim_history", args=[key])).status_code == 404
