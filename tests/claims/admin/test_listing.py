"""Listings without a review, and what becomes of them."""

import pytest
from django.urls import reverse

from claims import editing, publishing
from claims.models import Claim, Publication
from tests.claims import factories
from tests.claims.admin.stepping import address, standing, take

pytestmark = pytest.mark.django_db


def test_listing_is_offered_once(client):
    claim = factories.claim()
    publishing.list_claim(claim, by=factories.user("publisher"))
    response = take(client, factories.user("publisher"), claim, "list")
    assert response.status_code == 409
    assert Publication.objects.count() == 1


def test_listing_is_shown_before_it_is_published_for_good(client):
    claim = factories.researched(factories.claim(wording="It rained for 31 days."), summary="A draft’s summary.")
    client.force_login(factories.user("publisher"))
    page = client.get(address(claim, "list"))
    for words in ("What will be published", "As a <strong>listing</strong>", claim.wording, claim.speaker.name):
        assert words in page.text
    assert "Before publishing" in page.text
    assert reverse("admin:claims_claim_preview", args=[claim.pk]) not in page.text
    assert "A draft’s summary." not in page.text
    assert client.post(address(claim, "list"), {"seen": page.context["seen"]}).status_code == 302
    assert Publication.objects.get().content_hash == page.context["seen"]


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, "opened before the change"])
def test_listing_of_what_was_not_seen_is_refused(client, seen):
    claim = factories.claim()
    client.force_login(factories.user("publisher"))
    if seen == "opened before the change":
        seen = {"seen": client.get(address(claim, "list")).context["seen"]}
    Claim.objects.filter(pk=claim.pk).update(wording="Words that nobody was shown.")
    response = client.post(address(claim, "list"), seen)
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "was changed after you opened this page" in response.text
    assert "Words that nobody was shown." in response.text
    assert client.post(address(claim, "list"), {"seen": response.context["seen"]}).status_code == 302


def test_listing_says_what_it_lacks_and_where_that_is_mended(client):
    claim = factories.claim(speaker=None)
    response = take(client, factories.user("publisher"), claim, "list")
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "Nobody is named as the speaker" in response.text
    assert reverse("admin:claims_claim_change", args=[claim.pk]) + "#who" in response.text


@pytest.mark.parametrize("make", [factories.listed, lambda: factories.listed(factories.researched())])
def test_claim_that_readers_see_is_not_offered_to_be_dropped(client, make):
    claim = make()
    client.force_login(factories.user(is_superuser=True))
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert address(claim, "drop") not in page
    assert "To withdraw it, submit it for review as a retraction" in page
    page = client.get(address(claim, "drop")).text
    assert "it is not dropped but retracted" in page
    assert 'type="submit" class="default"' not in page


def test_listing_is_checked_without_a_note(client):
    claim = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    user = factories.user("researcher")
    client.force_login(user)
    assert address(claim, "check") in client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert take(client, user, claim, "check").status_code == 302
    assert standing(claim) == "researching"
    assert Claim.objects.get(pk=claim.pk).proposed_kind == "verdict"


def test_verdict_is_not_offered_to_be_checked(client):
    claim = factories.published()
    user = factories.user("researcher")
    client.force_login(user)
    assert address(claim, "check") not in client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert take(client, user, claim, "check").status_code == 409


def test_listing_is_said_to_be_seen_by_readers(client):
    claim, user = factories.claim(), factories.user("publisher")
    client.force_login(user)
    seen = {"seen": client.get(address(claim, "list")).context["seen"]}
    for word in ("Done", "This was done already"):
        page = client.post(address(claim, "list"), seen, follow=True).text
        assert f"{word}: List as not yet checked. Readers see it now." in page


def test_update_of_a_listing_that_was_given_a_rating_leads_to_a_verdict(client):
    claim = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    user = factories.user("researcher")
    take(client, user, claim, "update", note="News.")
    editing.assess(claim, by=user, rating=factories.rating("false"), summary="", explanation="", one_source_reason="")
    page = client.get(address(claim, "submit")).text
    assert '<option value="verdict" selected>' in page
    assert "it is published as one, without a note, and not as the update that was meant" in page
    assert "It has no summary" in page
    response = client.post(address(claim, "submit"), {"kind": "update", "note": "News."})
    assert (response.status_code, standing(claim)) == (409, "researching")
    assert "submit it as a verdict" in response.text
