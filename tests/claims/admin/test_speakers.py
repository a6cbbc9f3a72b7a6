"""Speakers on the desk, and merging two of them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from claims import merging
from claims.models import Speaker
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = factories.user("publisher")
    client.force_login(user)
    return user


def address(speaker):
    return reverse("admin:claims_speaker_merge", args=[speaker.pk])


def change(speaker):
    return reverse("admin:claims_speaker_change", args=[speaker.pk])


def test_likely_doubles_are_suggested(client, publisher):
    jane, double = factories.speaker("Jane Q. Smith"), factories.speaker("Jane Smith", kind="organization")
    factories.claim(speaker=double)
    factories.speaker("Ban Ki-moon")
    (suggested,) = parse(client.get(address(jane))).one("ul", class_="doubles").all("li")
    assert suggested.words == "Jane Smith · organisation · 1 claim"
    assert suggested.one("a")["href"] == f"?into={double.pk}"


def test_both_are_shown_side_by_side_with_what_will_happen(client, publisher):
    old = factories.speaker("Old", same_as=["https://a.example/1"], note="A note.")
    kept = factories.speaker("Kept")
    factories.claim(speaker=old)
    approved = factories.approved(factories.claim(speaker=old, wording="Approved."))
    passed_on = factories.claim(speaker=old, relays=kept, wording="Passed on.")
    shown = parse(client.get(address(old), {"into": kept.pk}))
    assert [one.one("h2").words for one in shown.one("div", class_="pair").all("section")] == ["Old", "Kept"]
    told = shown.one("section", class_="told")
    assert "3 claims on the desk will name the one that stays." in told.words
    assert "1 claim in review or approved will no longer be what was submitted" in told.words
    links = [link["href"] for link in told.all("a")]
    assert links == [reverse("admin:claims_claim_change", args=[one.pk]) for one in (passed_on, approved)]
    assert not Speaker.objects.exclude(merged_into=None).exists()


def test_merging_is_done_when_it_is_confirmed(client, publisher):
    old, kept = factories.speaker("Old"), factories.speaker("Kept")
    claim = factories.claim(speaker=old)
    response = client.post(address(old), {"into": kept.pk})
    assert (response.status_code, response.url) == (302, change(kept))
    claim.refresh_from_db()
    assert claim.speaker == kept
    assert "“Old” is merged into this one" in client.get(change(kept)).text
    assert LogEntry.objects.filter(user=publisher).count() == 2


@pytest.mark.parametrize("into", ["", "x", "999", "itself", "gone"])
def test_what_cannot_be_merged_is_refused_in_words(client, publisher, into):
    speaker, gone = factories.speaker("One"), factories.speaker("Gone")
    merging.merge(gone, factories.speaker("Kept"), by=publisher)
    into = {"itself": speaker.pk, "gone": gone.pk}.get(into, into)
    for response in (client.get(address(speaker), {"into": into}), client.post(address(speaker), {"into": into})):
        assert response.status_code in (200, 409)
        page = parse(response)
        assert page.all("ul", class_="errorlist") or page.all("p", class_="errornote")
        assert not page.all("input", value="Merge")
    speaker.refresh_from_db()
    assert speaker.merged_into is None


def test_a_speaker_who_is_gone_is_not_merged_again(client, publisher):
    gone, kept, other = factories.speaker("Gone"), factories.speaker("Kept"), factories.speaker("Other")
    merging.merge(gone, kept, by=publisher)
    response = client.post(address(gone), {"into": other.pk})
    assert response.status_code == 409
    assert "“Gone” was already merged into “Kept”: take that one." in response.text


@pytest.mark.parametrize("role", ["", "annotator", "researcher", "reviewer"])
def test_merging_is_not_for_every_role(client, role):
    old, kept = factories.speaker(), factories.speaker()
    client.force_login(factories.user(*filter(None, [role])))
    assert client.get(address(old)).status_code == 403
    assert client.post(address(old), {"into": kept.pk}).status_code == 403


def test_an_unknown_speaker_is_not_found(client, publisher):
    assert client.get("/admin/claims/speaker/999/merge/").status_code == 404


def test_boxes_that_complete_names_offer_only_who_is_still_there(client, publisher):
    gone, kept = factories.speaker("Jane Smith (gone)"), factories.speaker("Jane Smith")
    merging.merge(gone, kept, by=publisher)
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "speaker", "term": "jane"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert found == [{"id": str(kept.pk), "text": "Jane Smith"}]


def test_the_list_shows_who_is_still_there_and_on_request_who_was_merged(client, publisher):
    gone, kept = factories.speaker("Gone"), factories.speaker("Kept")
    merging.merge(gone, kept, by=publisher)
    rows = parse(client.get("/admin/claims/speaker/")).one("table", id="result_list").one("tbody").all("tr")
    assert [row.one("th").words for row in rows] == ["Kept"]
    merged = parse(client.get("/admin/claims/speaker/?merged=yes")).one("table", id="result_list").one("tbody")
    assert [cell.words for cell in merged.one("tr").all("td")][-1] == "Kept"


def test_who_was_merged_is_not_edited_and_leads_on(client):
    client.force_login(factories.user("administrator"))
    gone, kept = factories.speaker("Gone"), factories.speaker("Kept")
    merging.merge(gone, kept, by=factories.user("publisher"))
    page = parse(client.get(change(gone)))
    assert change(kept) in [link["href"] for link in page.one("div", id="content-main").all("a")]
    assert not page.all("input", name="_save")
    assert client.post(change(gone), {"name": "Back", "kind": "person"}).status_code == 403


def test_merging_is_offered_to_those_who_may(client, publisher):
    speaker = factories.speaker()
    assert address(speaker) in client.get(change(speaker)).text
    client.force_login(factories.user("researcher"))
    assert address(speaker) not in client.get(change(speaker)).text


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_as_many_queries_however_many_speakers(client, publisher, django_assert_max_num_queries, number):
    speaker, into = factories.speaker("Jane Smith"), factories.speaker("Jane Smith")
    for n in range(number):
        factories.claim(speaker=factories.speaker(f"Jane Smith {n}"))
        factories.approved(factories.claim(speaker=speaker))
    with django_assert_max_num_queries(8):
        assert client.get("/admin/claims/speaker/").status_code == 200
    with django_assert_max_num_queries(7):
        assert client.get(address(speaker)).status_code == 200
    with django_assert_max_num_queries(14):
        assert client.get(address(speaker), {"into": into.pk}).status_code == 200
