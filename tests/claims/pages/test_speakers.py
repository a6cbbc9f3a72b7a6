import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

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


@pytest.mark.parametrize("number", [1, 3])
def test_speaker_pages_cost_no_more_than_three_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    speaker = factories.speaker()
    for _ in range(number):
        factories.published(factories.claim(speaker=speaker, relays=factories.speaker()))
    with django_assert_num_queries(3):
        assert client.get(speaker.get_absolute_url()).status_code == 200
    with django_assert_num_queries(2):
        assert client.get("/speakers/").status_code == 200
