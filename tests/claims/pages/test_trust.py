"""Corrections, the ledger for people, and pages that the newsroom wrote about itself."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Publication, SitePage
from tests.claims import factories
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db


def page(client: Client, url: str) -> Node:
    response = client.get(url)
    assert response.status_code == 200
    return parse(response)


def test_corrections_are_listed_newest_first_with_what_they_changed(client: Client) -> None:
    one, two = factories.published(), factories.published()
    factories.amended(one, note="A figure was wrong.")
    factories.amended(two, kind="update", note="There is a newer count.")
    factories.amended(one, kind="retraction", note="It was forged.")
    entries = page(client, "/corrections/").one("ol", class_="entries").all("li")
    assert [entry.one("p", class_="note").words for entry in entries] == [
        "It was forged.",
        "There is a newer count.",
        "A figure was wrong.",
    ]
    assert [entry.one("strong", class_="kind").words for entry in entries] == ["retraction", "update", "correction"]
    for entry in entries:
        for link in entry.all("a"):
            assert client.get(link["href"]).status_code == 200


def test_without_corrections_it_says_so(client: Client) -> None:
    factories.published()
    assert "Nothing had to be put right yet." in page(client, "/corrections/").words


def test_ledger_shows_its_entries_newest_first(client: Client) -> None:
    claim = factories.published()
    entry = factories.amended(claim)
    rows = page(client, "/ledger/").one("tbody").all("tr")
    assert [row.one("th").words for row in rows] == ["2", "1"]
    assert rows[0].one("code").words == entry.hash
    assert rows[0].one("th").one("a")["href"] == "/api/v1/changes/2/"


def test_ledger_s_later_pages_are_not_walked_to(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr("claims.pages.trust.EntryList.paginate_by", 2)
    for _ in range(5):
        factories.published()
    found = []
    for number in (1, 2, 3):
        with django_assert_max_num_queries(3) as asked:
            shown = page(client, f"/ledger/?page={number}")
        found += [row.one("th").words for row in shown.one("tbody").all("tr")]
        assert not [query["sql"] for query in asked if "OFFSET" in query["sql"] or "COUNT" in query["sql"]]
    assert found == ["5", "4", "3", "2", "1"]
    assert client.get("/ledger/?page=4").status_code == 404


@pytest.mark.parametrize(
    "asked", ["{pk}", "http://127.0.0.1:8000/claims/{pk}-it-rained/", "/claims/{pk}/v1/", " {pk} "]
)
def test_one_claim_is_looked_up_and_checked(client: Client, asked: str) -> None:
    claim = factories.published()
    factories.published()
    factories.amended(claim)
    shown = parse(client.get("/ledger/", {"claim": asked.format(pk=claim.pk)}))
    assert [row.all("td")[-1].words for row in shown.one("tbody").all("tr")] == ["as it was sealed"] * 2
    assert "2 entries, whose hashes were computed just now" in shown.words
    assert shown.one("meta", name="robots")["content"] == "noindex, follow"


def test_entry_that_was_tampered_with_is_told(client: Client) -> None:
    claim = factories.published()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Publication.objects.update(document=Publication.objects.get().document.replace("rained", "snowed"))
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert "does not match" in parse(client.get("/ledger/", {"claim": claim.pk})).one("tbody").words


@pytest.mark.parametrize("asked", ["twelve", "0", "-1", "/articles/1/"])
def test_what_is_no_claim_is_said(client: Client, asked: str) -> None:
    factories.published()
    shown = parse(client.get("/ledger/", {"claim": asked}))
    assert "neither the number of a claim" in shown.one("p", class_="errors").words
    assert "as it was sealed" not in shown.words


def test_claim_without_entries_is_said(client: Client) -> None:
    claim = factories.researched()
    assert "No entry is of this claim" in parse(client.get("/ledger/", {"claim": claim.pk})).words


def test_empty_ledger_says_so(client: Client) -> None:
    assert "The first entry will be here." in page(client, "/ledger/").words


def test_page_about_the_newsroom_is_shown_and_linked_in_the_foot(client: Client) -> None:
    factories.site_page(
        "funding", title="Who pays", summary="In short.", text="By *readers*. <script>x</script>", place=2
    )
    factories.site_page("about", place=1)
    shown = page(client, "/funding/")
    assert shown.one("h1").words == "Who pays"
    assert shown.one("em").words == "readers"
    assert not shown.all("script")
    assert shown.one("meta", name="description")["content"] == "In short."
    foot = [link["href"] for link in shown.one("footer").all("a")]
    assert [address for address in foot if address in ("/funding/", "/about/")] == ["/about/", "/funding/"]


def test_page_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/funding/").status_code == 404


@pytest.mark.parametrize("slug", ["claims", "ledger", "corrections", "admin", "api", "feeds", "static", "healthz"])
def test_page_takes_no_address_of_the_site_s_own(slug: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SitePage(slug=slug, title="T", text="T").full_clean()
    assert refused.value.message_dict == {
        "slug": [f"The site itself has something at /{slug}/: choose another address."]
    }
