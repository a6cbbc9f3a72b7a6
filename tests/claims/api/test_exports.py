"""The files that partners take: what is in them, how they are named, and how many at once."""

import copy
import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from typing import Any
from urllib.parse import urlsplit

import orjson
import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from bench.servers import Server, serving
from claims import slots
from claims.models import Publication, PublishedVersion
from tests.claims import factories

pytestmark = pytest.mark.django_db
FILES = {
    "claims.ndjson": "application/x-ndjson",
    "claims.csv": "text/csv; charset=utf-8; header=present",
    "changes.ndjson": "application/x-ndjson",
}


def address(name: str) -> str:
    return f"/api/v1/exports/{name}"


def lines(client: Client, name: str = "claims.ndjson", **parameters: Any) -> list[Any]:
    return [orjson.loads(line) for line in client.get(address(name), parameters).getvalue().splitlines()]


def test_claims_are_those_of_the_list(client: Client) -> None:
    factories.amended(factories.published())
    factories.listed()
    assert lines(client) == client.get("/api/v1/claims/").json()["results"]


def test_changes_are_those_of_the_list(client: Client) -> None:
    factories.amended(factories.published())
    factories.listed()
    assert lines(client, "changes.ndjson") == client.get("/api/v1/changes/").json()["results"]


@pytest.mark.parametrize("name", ["claims.ndjson", "claims.csv"])
def test_filters_are_those_of_the_list(client: Client, name: str) -> None:
    claim = factories.published(factories.claim(topics=("Health",)))
    factories.published()
    told = client.get(address(name), {"topic": "health"}).getvalue().decode()
    assert (told.count("/claims/"), f"/claims/{claim.pk}-" in told) == (1, True)
    assert "/claims/" not in client.get(address(name), {"topic": "none"}).getvalue().decode()


def test_file_may_be_of_an_earlier_time(client: Client) -> None:
    factories.published()
    assert lines(client, as_of="2020") == []
    assert client.get(address("claims.ndjson"), {"as_of": "2020"}).headers["Content-Disposition"].endswith('-0.ndjson"')


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize(
    ("name", "query", "named"),
    [
        ("claims.ndjson", "colour=red", "colour"),
        ("claims.ndjson", "verification_status=red", "verification_status"),
        ("claims.csv", "speaker=0", "speaker"),
        ("claims.csv", "as_of=9999", "as_of"),
        ("claims.csv", "page_size=5", "page_size"),
        ("changes.ndjson", "topic=health", "topic"),
    ],
)
def test_wrong_parameter_is_named(client: Client, method: str, name: str, query: str, named: str) -> None:
    response = getattr(client, method)(f"{address(name)}?{query}")
    assert (response.status_code, response.streaming) == (400, False)
    if method == "get":
        assert named in response.text


@pytest.mark.parametrize("name", FILES)
def test_file_has_a_dated_name_and_a_type(client: Client, name: str) -> None:
    factories.published()
    entry = Publication.objects.get()
    response = client.get(address(name))
    noun, _, ending = name.partition(".")
    assert response.headers["Content-Type"] == FILES[name]
    expected = f'attachment; filename="{noun}-{entry.published_at:%Y-%m-%d}-1.{ending}"'
    assert response.headers["Content-Disposition"] == expected
    response.getvalue()


@pytest.mark.parametrize("name", FILES)
def test_head_says_the_same_and_reads_no_documents(
    client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.published()
    got = client.get(address(name))
    got.getvalue()
    with django_assert_max_num_queries(2) as queries:
        headed = client.head(address(name))
        assert headed.getvalue() == b""
    assert not any("document" in query["sql"] for query in queries)
    assert headed.headers == got.headers


@pytest.mark.parametrize("name", FILES)
def test_nothing_can_be_written(client: Client, name: str) -> None:
    assert client.post(address(name)).status_code == 405


@pytest.mark.parametrize("name", FILES)
def test_schema_says_what_type_a_file_has(client: Client, name: str) -> None:
    operation = client.get("/api/schema/").json()["paths"][address(name)]["get"]
    assert list(operation["responses"]) == ["200", "400", "401", "429", "414"]
    assert list(operation["responses"]["200"]["content"]) == [FILES[name].partition(";")[0]]
    parameters = {parameter["name"] for parameter in operation.get("parameters", [])}
    assert ({"as_of", "topic", "q"} <= parameters) == name.startswith("claims")


def test_query_count_is_the_same_for_more_claims(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        factories.published()
        with django_assert_num_queries(3):
            client.get(address("claims.ndjson")).getvalue()


@pytest.fixture
def other(db: None) -> Iterator[psycopg.Connection]:
    """Somebody else's connection to the same database."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        yield other


def taken(other: psycopg.Connection) -> int:
    return len(holders(other))


def holders(other: psycopg.Connection) -> list[int]:
    """The server processes that have a slot."""
    held = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
    return [pid for (pid,) in other.execute(held, [slots.LOCKS])]


def test_one_too_many_is_asked_to_come_again(client: Client, other: psycopg.Connection, settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 2
    running = [client.get(address("claims.ndjson")) for _ in range(2)]
    assert taken(other) == 2
    response = client.get(address("claims.csv"))
    assert (response.status_code, response.headers["Retry-After"]) == (429, str(slots.RETRY_AFTER))
    assert client.head(address("claims.csv")).status_code == 200
    for ended in running:
        ended.getvalue()
    response = client.get(address("claims.csv"))
    assert (response.status_code, taken(other)) == (200, 1)
    response.getvalue()


def test_slot_is_held_until_the_file_is_sent(client: Client, other: psycopg.Connection) -> None:
    response = client.get(address("claims.ndjson"))
    assert taken(other) == 1
    response.getvalue()
    assert taken(other) == 0


def test_slot_is_given_back_where_nothing_is_sent(client: Client, other: psycopg.Connection) -> None:
    client.get(address("claims.ndjson")).close()
    assert taken(other) == 0


def test_slot_is_given_back_where_sending_fails(client: Client, other: psycopg.Connection) -> None:
    factories.published()
    response = client.get(address("claims.ndjson"))
    (holder,) = holders(other)
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [holder])
    with pytest.raises(psycopg.Error):
        response.getvalue()
    assert (taken(other), len(lines(client))) == (0, 1)


def test_client_that_takes_nothing_loses_its_slot(
    client: Client, other: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "PATIENCE", 1)
    factories.published()
    response = client.get(address("claims.ndjson"))
    wait_until(lambda: taken(other) == 0)
    with pytest.raises(psycopg.Error):
        response.getvalue()


@pytest.mark.usefixtures("committed")
def test_client_that_leaves_gives_slot_and_connection_back(live_server: LiveServer, other: psycopg.Connection) -> None:
    copies_of_the_entry(factories.published().pk, 4_000)
    for _ in range(10):  # more often than there are connections
        with socket.socket() as client:
            # So small that the file does not fit into what the system keeps for the client.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect((live_server.thread.host, live_server.thread.port))
            client.sendall(f"GET {address('changes.ndjson')} HTTP/1.0\r\n\r\n".encode())
            assert client.recv(12) == b"HTTP/1.1 200"
            assert taken(other) == 1
        wait_until(lambda: taken(other) == 0)


def stalled(port: int, path: str) -> socket.socket:
    """A client that asks, and takes nothing."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return client


@pytest.mark.usefixtures("committed")
def test_clients_that_take_nothing_give_the_threads_back(other: psycopg.Connection) -> None:
    copies_of_the_entry(factories.published().pk, 4_000)
    # More than the server has threads.
    with impatient_server(EXPORTS_AT_ONCE="12") as (port, _), ExitStack() as clients:
        for _ in range(12):
            clients.enter_context(stalled(port, address("changes.ndjson")))
        wait_until(lambda: taken(other) > 0)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as client:
            client.request("GET", "/api/v1/")
            assert client.getresponse().status == 200
        wait_until(lambda: taken(other) == 0)


def impatient_server(**environment: str) -> AbstractContextManager[Server]:
    database = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return serving("tests.claims.api.impatient:application", **environment)


def copies_of_the_entry(claim: int, number: int) -> None:
    """So many ledger entries, as the owner of the database could write them."""
    entry = Publication.objects.get(claim=claim)
    version = PublishedVersion.objects.get(pk=entry.pk)
    copies = []
    for sequence in range(entry.pk + 1, entry.pk + number):
        entry.pk = entry.version = sequence
        entry.hash, entry.previous_hash = f"{sequence:064}", f"{sequence - 1:064}"
        copies.append(copy.copy(entry))
    version.pk = version.version = entry.pk
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        Publication.objects.bulk_create(copies, batch_size=500)
        version.save(force_insert=True)


def wait_until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.05)
