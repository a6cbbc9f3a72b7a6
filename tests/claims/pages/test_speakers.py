import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import merging
from claims.models import Claim, Speaker
from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


def test_a_speaker_s_page_has_what_they_said_and_what_was_passed_on(client: Client) -> None:
    mayor = factories.speaker("The Mayor", note="Since 2020.", same_as=["https://example.org/mayor"])
    factories.published(factories.claim(speaker=mayor, wording="Said."))
    factories.published(factories.claim(relays=mayor, wording="Passed on."), rating=factories.rating("false"))
    factories.published(factories.claim(wording="By another."))
    factories.listed(factories.claim(speaker=mayor, wording="Tracked."))
    shown = parse(client.get(mayor.get_absolute_url()))
    assert [heading.words for heading in shown.all("h2", class_="record-claim")] == ["Tracked.", "Passed on.", "Said."]
    assert [item.words for item in shown.one("ul", class_="tally").all("li")] == [
        "True 1",
        "False 1",
        "Not yet checked 1",
    ]
    assert "not a sample" in shown.words
    assert "Since 2020." in shown.words
    assert "https://example.org/mayor" in [link["href"] for link in shown.all("a")]


def test_a_speaker_without_published_claims_is_not_found_nor_listed(client: Client) -> None:
    speaker = factories.speaker("Nobody yet")
    factories.approved(factories.claim(speaker=speaker))
    assert client.get(speaker.get_absolute_url()).status_code == 404
    assert "Nobody yet" not in client.get("/speakers/").content.decode()


def test_speakers_are_listed_with_what_they_made_and_what_others_passed_on(client: Client) -> None:
    mayor, forester = factories.speaker("Mayor"), factories.speaker("Forester", kind="organization")
    for _ in range(2):
        factories.published(factories.claim(speaker=mayor, relays=forester))
    rows = parse(client.get("/speakers/")).one("ul", class_="rows").all("li")
    assert [row.words for row in rows] == ["Forester organisation 2 passed on by others", "Mayor person 2 statements"]


def test_another_address_of_a_speaker_redirects(client: Client) -> None:
    speaker = factories.published().speaker
    for path in (f"/speakers/{speaker.pk}/", f"/speakers/{speaker.pk}-other/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, speaker.get_absolute_url())


def merged(old: Speaker, kept: Speaker) -> None:
    merging.merge(old, kept, by=factories.user("publisher"))


def test_the_page_of_a_merged_speaker_leads_on_for_good(client: Client) -> None:
    first, second, kept = (factories.published(speaker_of(name)).speaker for name in ("First", "Second", "Kept"))
    merged(first, second)
    merged(second, kept)
    for old in (first, second):
        response = client.get(old.get_absolute_url())
        assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())


def speaker_of(name: str) -> Claim:
    return factories.claim(speaker=factories.speaker(name), wording=f"{name} said so.")


def test_a_speaker_s_page_has_what_was_published_under_every_name(client: Client) -> None:
    kept = factories.published(speaker_of("Kept")).speaker
    old = factories.published(speaker_of("Old")).speaker
    factories.published(factories.claim(relays=old, wording="Passed on."))
    merged(old, kept)
    shown = parse(client.get(kept.get_absolute_url()))
    assert {heading.words for heading in shown.all("h2", class_="record-claim")} == {
        "Kept said so.",
        "Old said so.",
        "Passed on.",
    }
    assert [item.words for item in shown.one("ul", class_="tally").all("li")] == ["True 3"]


def test_one_who_was_only_published_under_the_old_name_is_public(client: Client) -> None:
    old, kept = factories.published(speaker_of("Old")).speaker, factories.speaker("Kept")
    assert client.get(kept.get_absolute_url()).status_code == 404
    merged(old, kept)
    assert client.get(kept.get_absolute_url()).status_code == 200
    rows = parse(client.get("/speakers/")).one("ul", class_="rows").all("li")
    assert [row.words for row in rows] == ["Kept person 1 statement"]


def test_a_merged_speaker_of_nothing_public_is_not_found(client: Client) -> None:
    old, kept = factories.speaker("Old"), factories.speaker("Kept")
    merged(old, kept)
    assert client.get(old.get_absolute_url()).status_code == 404


def test_claims_are_filtered_by_either_number_of_a_merged_speaker(client: Client) -> None:
    old, kept = factories.published(speaker_of("Old")).speaker, factories.published(speaker_of("Kept")).speaker
    factories.published()
    merged(old, kept)
    for speaker in (old, kept):
        assert client.get("/api/v1/claims/", {"speaker": speaker.pk}).json()["count"] == 2
        assert "2 claims" in parse(client.get("/claims/", {"speaker": speaker.pk})).words


@pytest.mark.parametrize("number", [1, 3])
def test_merged_speakers_cost_no_more_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    kept = factories.published(speaker_of("Kept")).speaker
    for name in range(number):
        merged(factories.published(speaker_of(f"Old {name}")).speaker, kept)
    for url in (kept.get_absolute_url(), "/speakers/"):
        client.get(url)  # What is asked for once for each version of the record is asked for by now.
        with django_assert_num_queries(3):
            assert client.get(url).status_code == 200


def test_a_merged_speaker_s_number_gives_the_other_in_the_api(client: Client) -> None:
    old, kept = factories.published(speaker_of("Old")).speaker, factories.speaker("Kept")
    merged(old, kept)
    for speaker in (old, kept):
        found = client.get(f"/api/v1/speakers/{speaker.pk}/").json()
        assert (found["id"], found["name"], found["claim_count"]) == (kept.pk, "Kept", 1)
    assert [one["id"] for one in client.get("/api/v1/speakers/").json()["results"]] == [kept.pk]


@pytest.mark.parametrize("address", ["/speakers/{}/", "/api/v1/speakers/{}/"])
def test_a_number_too_large_for_any_speaker_is_not_found(client: Client, address: str) -> None:
    assert client.get(address.format(2**70)).status_code == 404


def test_words_that_others_passed_on_are_told_apart(client: Client) -> None:
    minister, ministry = factories.speaker("The Minister"), factories.speaker("The Ministry")
    factories.published(factories.claim(speaker=minister, relays=ministry))
    words = {who.name: parse(client.get(who.get_absolute_url())).words for who in (minister, ministry)}
    told = "1 of these was made by somebody else, who said that the words are theirs."
    assert [told in words[name] for name in ("The Minister", "The Ministry")] == [False, True]
