import datetime

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/claims/"


def ids(client: Client, query: str = "") -> list[int]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200, response.content
    return [claim["id"] for claim in response.json()["results"]]


def test_list_has_documents_newest_first(client: Client) -> None:
    claims = [factories.published() for _ in range(2)]
    factories.researched()
    response = client.get(LIST)
    assert response.headers["Content-Type"] == "application/json"
    assert response.json() == {
        "count": 2,
        "next": None,
        "previous": None,
        "sequence": 2,
        "results": [orjson.loads(Publication.objects.get(claim=claim).document) for claim in reversed(claims)],
    }


def test_list_without_claims_is_empty(client: Client) -> None:
    assert client.get(LIST).json() == {
        "count": 0,
        "next": None,
        "previous": None,
        "sequence": 0,
        "results": [],
    }


def test_detail_is_the_stored_text(client: Client) -> None:
    claim = factories.published(factories.claim(wording='“Ça va?” – 中文, \\ and ".'))
    response = client.get(f"{LIST}{claim.pk}/")
    assert response.content.decode() == Publication.objects.get().document
    assert response.headers["Content-Type"] == "application/json"


def test_list_passes_the_stored_text_through(client: Client) -> None:
    factories.published(factories.claim(wording='“Ça va?” – 中文, \\ and ".'))
    document = Publication.objects.get().document
    assert client.get(LIST).content.decode() == (
        f'{{"count":1,"next":null,"previous":null,"sequence":1,"results":[{document}]}}'
    )


def test_detail_is_the_newest_version(client: Client) -> None:
    claim = factories.published()
    factories.amended(claim, note="A figure was wrong.")
    document = client.get(f"{LIST}{claim.pk}/").json()
    assert (document["version"], document["corrections"][0]["note"]) == (2, "A figure was wrong.")


def test_amended_claim_comes_first(client: Client) -> None:
    first, second = factories.published(), factories.published()
    factories.amended(first)
    assert ids(client) == [first.pk, second.pk]
    assert ids(client, "ordering=published") == [second.pk, first.pk]


def test_claims_are_ordered_by_the_day_of_the_statement(client: Client) -> None:
    late, early = (factories.published(factories.claim(stated_on=day)).pk for day in ("2022-07-12", "2021-01-01"))
    factories.published(factories.claim(stated_on="2022-01-01", stated_on_precision="year"))
    assert ids(client, "ordering=-stated")[::2] == [late, early]
    assert ids(client, "ordering=stated")[::2] == [early, late]


def test_record_can_be_read_as_of_a_time(client: Client) -> None:
    claim = factories.published(rating=factories.rating("false"))
    other = factories.published()
    entries = list(Publication.objects.order_by("sequence"))
    factories.amended(claim)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_publication SET published_at = '2020-01-01'::date + sequence::int")
    assert ids(client, "as_of=2020-01-01") == []
    assert ids(client, "as_of=2020-01-02") == [claim.pk]
    assert ids(client, "as_of=2020-01-03T00:00:00Z&rating=false") == [claim.pk]
    assert ids(client, "as_of=2020-01") == [claim.pk, other.pk]
    then = client.get(f"{LIST}{claim.pk}/?as_of=2020-01-03T02:00:00%2B01:00")
    assert then.content.decode() == entries[0].document
    assert client.get(f"{LIST}{claim.pk}/?as_of=2020-01-01").status_code == 404


def test_cursor_goes_with_the_time_that_its_list_is_of(client: Client) -> None:
    for _ in range(4):
        factories.published()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_publication SET published_at = '2020-01-01'::date + sequence::int")
    following = client.get(LIST, {"as_of": "2020-01-04", "page_size": 2}).json()["next"]
    assert [claim["id"] for claim in client.get(following).json()["results"]] == ids(client, "as_of=2020-01-02")
    for wrong in ("2020-01-03", "2020", "rubbish"):
        response = client.get(following.replace("2020-01-04", wrong))
        assert (response.status_code, list(response.json()["errors"])) == (400, ["as_of"])


@pytest.mark.parametrize(
    "as_of",
    [
        "",
        "yesterday",
        "2022-13",
        "2022-07-12T10:00:00",
        "9999-12-31",
        "2022-02-30T00:00:00Z",
        "0001-01-01T00:00:00+23:59",  # before there was any in UTC
    ],
)
def test_time_that_is_none_or_not_over_is_refused(client: Client, as_of: str) -> None:
    response = client.get(LIST, {"as_of": as_of})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["as_of"])


@pytest.mark.parametrize(("ago", "status"), [(1, 400), (9, 400), (30, 200)])
def test_time_that_is_just_over_may_have_more_to_come(client: Client, ago: int, status: int) -> None:
    time = timezone.now() - datetime.timedelta(seconds=ago)
    assert client.get(LIST, {"as_of": time.isoformat()}).status_code == status


@pytest.mark.parametrize("status", ["new", "researching", "in_review", "approved", "dropped"])
def test_unpublished_claim_is_not_found(client: Client, status: str) -> None:
    claim = factories.at_status(status)
    response = client.get(f"{LIST}{claim.pk}/")
    assert (response.status_code, response.json()["detail"]) == (404, "Not found.")
    assert ids(client) == []


@pytest.mark.parametrize("address", ["0", "99999999", "9" * 30, "9" * 5000, "one"])
def test_claim_that_never_was_is_not_found(client: Client, address: str) -> None:
    response = client.get(f"{LIST}{address}/")
    assert (response.status_code, response.json()["detail"]) == (404, "Not found.")


def test_filters_select(client: Client) -> None:
    true = factories.published(factories.claim(topics=("Health",)))
    false = factories.published(factories.claim(topics=("Trade",)), rating=factories.rating("false"))
    assert ids(client, "rating=true") == [true.pk]
    assert ids(client, "rating=true&rating=false") == [false.pk, true.pk]
    assert ids(client, "topic=trade") == [false.pk]
    assert ids(client, "topic=trade&rating=true") == []
    assert ids(client, "topic=trade&topic=health") == [false.pk, true.pk]
    assert ids(client, "all_topics=trade&all_topics=health") == []
    assert ids(client, f"publisher={true.evidence.get().source.publisher_id}&rating=true") == [true.pk]
    assert ids(client, f"speaker={true.speaker_id}") == [true.pk]
    assert ids(client, f"article={false.article_id}") == [false.pk]
    assert ids(client, f"source={false.evidence.get().source_id}") == [false.pk]
    assert ids(client, "verification_status=retracted") == []


def test_publisher_is_found_by_former_names_but_not_by_those_of_others(client: Client) -> None:
    planet, gazette = factories.publisher("The Planet"), factories.publisher("The Gazette")
    claims = []
    for publisher in (planet, gazette):
        claim = factories.claim()
        factories.evidence(claim, source=factories.source(publisher=publisher))
        claims.append(factories.published(claim))
    planet.name = "Planet Online"
    planet.save()
    assert ids(client, f"publisher={planet.pk}") == [claims[0].pk]
    gazette.name = "The Gazette of Record"
    gazette.save()
    planet.name = "The Gazette"
    planet.save()
    assert ids(client, f"publisher={planet.pk}") == [claims[1].pk, claims[0].pk]
    assert ids(client, f"publisher={gazette.pk}") == []


def test_filtered_list_counts_what_it_selects(client: Client) -> None:
    factories.published()
    factories.published(rating=factories.rating("false"))
    assert client.get(f"{LIST}?rating=false").json()["count"] == 1


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("rating=!!", "rating"),
        ("rating=%25s", "rating"),
        ("topic=Two+words", "topic"),
        ("speaker=me", "speaker"),
        ("article=-1", "article"),
        ("source=99999999999999999999", "source"),
        ("verification_status=true", "verification_status"),
        ("stated_after=yesterday", "stated_after"),
        ("stated_after=%25s", "stated_after"),
        ("published_before=2022-13", "published_before"),
        ("q=%00", "q"),
        ("language=%00", "language"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=many", "page_size"),
        ("cursor=1", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=after-1-at-9", "cursor"),
        ("cursor=after-2022-07-12-1-at-1", "cursor"),
        ("ordering=loudness", "ordering"),
        ("colour=red", "colour"),
        ("colour=red&rating=true", "colour"),
        ("after=1", "after"),
    ],
)
def test_bad_parameter_is_named(client: Client, query: str, name: str) -> None:
    response = client.get(f"{LIST}?{query}")
    assert (response.status_code, list(response.json()["errors"])) == (400, [name])


def test_all_unknown_parameters_are_named(client: Client) -> None:
    assert sorted(client.get(f"{LIST}?colour=red&size=2").json()["errors"]) == ["colour", "size"]


def test_detail_takes_no_parameters(client: Client) -> None:
    claim = factories.published()
    assert client.get(f"{LIST}{claim.pk}/?rating=true").status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_two_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int) -> None:
    for _ in range(number):
        factories.published()
    with django_assert_num_queries(2):
        assert len(ids(client)) == number


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("q=rained", 3),
        ("cursor=before-0-at-1", 3),
        ("rating=true", 3),
        ("rating=true&form=narration&stated_after=2001-02-02&published_before=2100", 3),
        ("rating=true&cursor=before-0-at-1&page_size=1", 4),
        ("rating=true&speaker=1", 3),
    ],
)
@pytest.mark.parametrize("number", [1, 3])
def test_filters_and_later_pages_cost_few_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int, query: str, queries: int
) -> None:
    speaker = factories.speaker()
    for _ in range(number):
        factories.published(factories.claim(speaker=speaker))
    with django_assert_num_queries(queries):
        assert ids(client, query.replace("speaker=1", f"speaker={speaker.pk}"))


def test_detail_costs_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    claim = factories.published()
    with django_assert_num_queries(1):
        found = client.get(f"{LIST}{claim.pk}/")
    with django_assert_num_queries(1):
        assert client.get(f"{LIST}{claim.pk}/", headers={"If-None-Match": found["ETag"]}).status_code == 304


def test_detail_that_is_not_there_has_no_tag(client: Client) -> None:
    missing = client.get(f"{LIST}1/", headers={"If-None-Match": 'W/"1-1-1"'})
    assert (missing.status_code, "ETag" in missing) == (404, False)
