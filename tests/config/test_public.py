"""Validators, conditional requests, cache headers, CORS and compression of what partners pull."""

import gzip
from datetime import datetime, timedelta, tzinfo

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.http import http_date

from claims import freshness
from claims.models import RecordState, Speaker
from tests.claims import factories
from tests.config.test_unchanged_first import first

LIST = "/api/v1/claims/"
SEARCH = "/v1alpha1/claims:search?query=rained"
MINUTES = "public, max-age=60, stale-while-revalidate=600"
FOR_GOOD = "public, max-age=31536000, immutable"
# How long the answers of these addresses are good.
KEPT = {
    "/api/v1/": MINUTES,
    LIST: MINUTES,
    f"{LIST}?rating=true": MINUTES,
    "/api/v1/articles/": MINUTES,
    "/api/v1/changes/": "public, no-cache",
    "/api/v1/changes/?page_size=1": "public, no-cache",
    "/api/v1/changes/1/": FOR_GOOD,
    "/api/v1/claims/{}/versions/1/": FOR_GOOD,
    "/api/v1/claims/{}/versions/": MINUTES,
    "/api/v1/exports/changes.ndjson": MINUTES,
    "/api/schema/": MINUTES,
    "/api/docs/": MINUTES,
    "/feeds/claims.atom": MINUTES,
    "/": MINUTES,
    "/claims/": MINUTES,
    "/ledger/": MINUTES,
    "/corrections/": MINUTES,
    SEARCH: MINUTES,
    f"{SEARCH}&maxAgeDays=1": MINUTES,
}
pytestmark = pytest.mark.usefixtures("committed")


def long_ago() -> None:
    """As if the record had not changed for an hour."""
    RecordState.objects.update(changed_at="2026-01-01T10:00:00.7Z")


def conditional(client: Client, address: str, **headers: str) -> int:
    return client.get(address, headers=headers).status_code


@pytest.fixture
def there(request: pytest.FixtureRequest) -> str:
    """An address of which something is there, the claim's id put in."""
    return request.param.format(factories.published().pk)


@pytest.mark.parametrize("there", KEPT, indirect=True)
def test_what_did_not_change_is_not_sent_again(client: Client, there: str) -> None:
    long_ago()
    answer = client.get(there, headers={"host": "testserver"})
    assert answer.headers["ETag"].startswith('W/"')
    assert b"".join(answer)
    again = client.get(there, headers={"if-none-match": answer.headers["ETag"], "host": "testserver"})
    assert (again.status_code, again.content) == (304, b"")
    path, _, query = there.partition("?")
    asked = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_IF_NONE_MATCH": answer.headers["ETag"]}
    status, headers = first(asked)
    assert status == "304 Not Modified"
    for name in ("ETag", "Last-Modified", "Cache-Control", "Access-Control-Allow-Origin", "Vary"):
        assert again.headers.get(name) == headers.get(name) == answer.headers.get(name), name


def test_unchanged_list_costs_one_query_and_no_document(client: Client, django_assert_num_queries) -> None:
    factories.published()
    tag = client.get(LIST).headers["ETag"]
    with django_assert_num_queries(1) as asked:
        assert conditional(client, LIST, if_none_match=tag) == 304
    # A statement that is prepared already is not told.
    assert "document" not in (asked[0]["sql"] or freshness.STATE)


@pytest.mark.parametrize("changed", ["publication", "correction", "speaker", "article", "topic", "rating", "source"])
def test_whatever_readers_can_see_changes_the_tag(client: Client, changed: str) -> None:
    claim = factories.published(factories.claim(topics=("Health",)))
    tag = client.get(LIST).headers["ETag"]
    match changed:
        case "publication":
            factories.published()
        case "correction":
            factories.amended(claim)
        case "speaker":
            Speaker.objects.update(note="More is known.")
        case _:
            thing = {
                "article": claim.article,
                "topic": claim.topics.get(),
                "rating": claim.assessment.rating,
                "source": claim.evidence.get().source,
            }[changed]
            thing.save()
    assert conditional(client, LIST, if_none_match=tag) == 200


def test_drafts_do_not_change_the_tag(client: Client) -> None:
    claim = factories.published()
    other = factories.claim(article=claim.article, speaker=claim.speaker)
    tag = client.get(LIST).headers["ETag"]
    factories.workflow.research(other, by=factories.user("researcher"))
    assert conditional(client, LIST, if_none_match=tag) == 304


@pytest.mark.parametrize("tags", ['W/"other"', '"other", "more"'])
def test_other_tags_get_the_answer(client: Client, tags: str) -> None:
    factories.published()
    assert conditional(client, LIST, if_none_match=tags) == 200


def test_tag_is_found_among_others_and_is_of_one_address(client: Client) -> None:
    factories.published()
    tag = client.get(LIST).headers["ETag"]
    assert conditional(client, LIST, if_none_match=f'"other", {tag}') == 304
    assert conditional(client, f"{LIST}?page_size=1", if_none_match=tag) == 200
    assert conditional(client, f"{LIST}?colour=red", if_none_match=tag) == 400


def test_what_is_not_there_is_not_unchanged(client: Client) -> None:
    factories.published()
    assert conditional(client, "/api/v1/claims/999999/", if_none_match="*") == 404
    assert conditional(client, LIST, if_none_match="*") == 200


@pytest.mark.parametrize("address", ["/claims/999999/", "/nothing/", "/api/v1/claims/999999/", "/topics/nothing/"])
def test_what_never_was_there_is_not_unchanged_since_a_time(client: Client, address: str) -> None:
    factories.published()
    long_ago()
    assert conditional(client, address, if_modified_since=http_date()) == 404


@pytest.mark.parametrize("address", ["/", LIST])
def test_time_gets_what_the_answer_says_and_no_body(client: Client, address: str) -> None:
    factories.published()
    long_ago()
    answer = client.get(address)
    unchanged = client.get(address, headers={"if-modified-since": http_date()})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Vary", "Cache-Control", "RateLimit-Policy"):
        assert unchanged.headers.get(name) == answer.headers.get(name)


def test_answers_are_no_older_than_what_makes_them(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.published()
    long_ago()
    modified = client.get(LIST).headers["Last-Modified"]
    digits, made_at = freshness.release()
    assert modified == http_date(made_at)
    monkeypatch.setattr(freshness, "release", lambda: freshness.Release(digits, made_at + 1))
    assert conditional(client, LIST, if_modified_since=modified) == 200


def test_time_is_a_validator_once_its_second_is_over(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "release", lambda: freshness.Release("12345678", 0))
    factories.published()
    assert "Last-Modified" not in client.get(LIST).headers
    long_ago()
    modified = client.get(LIST).headers["Last-Modified"]
    assert modified == "Thu, 01 Jan 2026 10:00:00 GMT"
    assert conditional(client, LIST, if_modified_since=modified) == 304
    assert conditional(client, LIST, if_modified_since=http_date(0)) == 200
    assert conditional(client, LIST, if_modified_since="yesterday") == 200
    assert conditional(client, LIST, if_modified_since=modified, if_none_match='"other"') == 200


def test_record_changes_once_a_transaction_and_never_backwards(db: None) -> None:
    factories.speaker("Z")
    before = RecordState.objects.get().version
    factories.speaker("A")
    between = RecordState.objects.get().version
    RecordState.objects.update(version=between + 10**9)
    factories.speaker("B")
    assert before < between < between + 10**9 < RecordState.objects.get().version


@pytest.mark.parametrize(("there", "kept"), KEPT.items(), indirect=["there"])
def test_answers_say_how_long_they_are_good(client: Client, there: str, kept: str) -> None:
    answer = client.get(there)
    assert (answer.headers["Cache-Control"], b"".join(answer) != b"") == (kept, True)


def test_schema_has_a_tag_for_each_of_its_forms(client: Client) -> None:
    factories.published()
    asked = [{"accept": accept} for accept in ("application/json", "application/yaml")]
    json, yaml = (client.get("/api/schema/", headers=headers).headers for headers in asked)
    assert (json["Vary"], yaml["Vary"], json["ETag"] == yaml["ETag"]) == (*["Accept, Accept-Encoding"] * 2, False)
    assert conditional(client, "/api/schema/", accept="application/yaml", if_none_match=yaml["ETag"]) == 304
    assert conditional(client, "/api/schema/", accept="application/yaml", if_none_match=json["ETag"]) == 200


@pytest.mark.parametrize("parameter", ["maxAgeDays", "max%41geDays"])
def test_what_depends_on_the_day_is_good_for_the_day(client: Client, monkeypatch, parameter: str) -> None:
    factories.published()
    long_ago()
    address = f"{SEARCH}&{parameter}=1"
    headers = client.get(address).headers
    assert "Last-Modified" not in headers
    assert conditional(client, address, if_none_match=headers["ETag"]) == 304
    assert conditional(client, address, if_modified_since=http_date()) == 200
    monkeypatch.setattr(freshness, "datetime", Tomorrow)
    assert conditional(client, address, if_none_match=headers["ETag"]) == 200


class Tomorrow(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Tomorrow":
        return super().now(tz) + timedelta(days=1)


def test_errors_are_not_kept(client: Client) -> None:
    response = client.get("/api/v1/claims/1/")
    assert response.status_code == 404
    assert not {"ETag", "Last-Modified", "Cache-Control"} & set(response.headers)


def test_scripts_of_other_pages_may_read(client: Client) -> None:
    response = client.options(LIST, headers={"origin": "https://a.example", "access-control-request-method": "GET"})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.get("/api/v1/nothing/").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/claims/").headers


def test_answers_are_compressed_for_those_who_ask(client: Client) -> None:
    factories.published()
    plain = client.get(LIST)
    packed = client.get(LIST, headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] == plain.headers["ETag"]


@pytest.mark.parametrize(
    "address", [LIST, "/api/v1/claims/1/", "/feeds/claims.atom", "/api/docs/", SEARCH, "/api/schema/"]
)
def test_body_of_a_head_is_not_left_to_the_server_to_drop(rf: RequestFactory, client: Client, address: str) -> None:
    factories.published()
    for accepted in ({}, {"Accept-Encoding": "gzip"}):
        told = client.get(address, headers=accepted).headers
        # Not by the client for tests, which drops it too.
        response = WSGIHandler().get_response(rf.head(address, headers=accepted))
        assert response.content == b""
        assert response.headers.get("Content-Encoding") == told.get("Content-Encoding")
        length = None if "Content-Encoding" in told else told["Content-Length"]
        assert response.headers.get("Content-Length") == length


@pytest.mark.parametrize(
    "address", ["/", "/claims/", "/feeds/claims.atom", "/oembed/", "/sitemap.xml", "/sitemap-claims.xml", LIST, SEARCH]
)
@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_what_is_public_is_only_read(address: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (response.status_code, "GET" in response.headers["Allow"]) == (405, True)


@pytest.mark.parametrize("address", ["/", "/claims/", "/sitemap.xml", LIST, "/api/docs/", "/api/docs/?script="])
def test_cookie_of_somebody_else_is_neither_read_nor_answered(client: Client, address: str) -> None:
    before = client.get(address)
    client.cookies["csrftoken"] = "y"
    after = client.get(address)
    assert not after.cookies
    assert "cookie" not in after.headers["Vary"].lower()
    assert after.content == before.content


def test_state_is_none_where_nothing_was_ever_recorded(client: Client) -> None:
    RecordState.objects.all().delete()
    assert freshness.current() is None
    assert client.get(LIST).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_recordstate")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/nothing/", "/feeds/claims.atom", "/v1alpha1/claims:search"])
def test_nothing_in_what_is_pulled_is_run_or_framed(client: Client, address: str) -> None:
    assert client.get(address).headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
