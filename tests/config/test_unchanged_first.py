"""What is answered in front of Django: that what the client has is still good."""

import pytest
from django.db import connection
from django.test import Client

from claims import api_keys
from claims.api import limits
from config.public import UnchangedFirst
from tests.claims import factories

LIST = "/api/v1/claims/"
pytestmark = pytest.mark.usefixtures("committed")


def first(environ: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What is answered in front of Django; an empty status where Django is asked."""
    told: list[tuple[str, dict[str, str]]] = [("", {})]
    application = UnchangedFirst(lambda environ, start_response: [])
    try:
        asked = {"REQUEST_METHOD": "GET", "PATH_INFO": LIST, "HTTP_HOST": "testserver", "REMOTE_ADDR": "192.0.2.1"}
        application(asked | environ, lambda status, headers: told.append((status, dict(headers))))
    finally:
        application.local.connection.close()
    return told[-1]


def test_it_is_answered_in_front_of_django_too(client: Client) -> None:
    factories.published()
    response = client.get(LIST, headers={"host": "testserver"})
    tag = response.headers["ETag"]
    status, headers = first({"HTTP_IF_NONE_MATCH": tag})
    assert (status, headers["ETag"]) == ("304 Not Modified", tag)
    for name in ("Cache-Control", "Access-Control-Allow-Origin", "Vary"):
        assert headers[name] == response.headers[name], name
    assert first({"HTTP_IF_NONE_MATCH": '"other"'})[0] == ""


def test_who_asks_too_often_is_not_answered_in_front_of_django(client: Client, settings, monkeypatch) -> None:
    factories.published()
    tag = client.get(LIST, headers={"host": "testserver"}).headers["ETag"]
    visitor = {"HTTP_IF_NONE_MATCH": tag, "REMOTE_ADDR": "192.0.2.77"}
    settings.API_RATE_ANONYMOUS = 2
    monkeypatch.setattr(limits, "visitors", type(limits.visitors)())
    statuses = [first(visitor)[0] for _ in range(4)]
    assert statuses[0] == "304 Not Modified"
    assert statuses[-1] == ""


def test_connection_is_given_back_by_what_counts_in_front_of_django(client: Client) -> None:
    factories.published()
    _, secret = api_keys.issue(name="The Archive", per_minute=60, by=factories.user("administrator"))
    tag = client.get(LIST, headers={"host": "testserver"}).headers["ETag"]
    asked = {"HTTP_IF_NONE_MATCH": tag, "HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert first(asked)[0] == "304 Not Modified"
    assert connection.connection is None


def test_where_counting_fails_the_application_is_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.published()
    tag = client.get(LIST, headers={"host": "testserver"}).headers["ETag"]
    asked = {"HTTP_IF_NONE_MATCH": tag, "HTTP_AUTHORIZATION": f"Bearer {api_keys.MARK}{'x' * 43}"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER FUNCTION claims_spend RENAME TO claims_spend_gone")
    try:
        assert first(asked)[0] == ""
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER FUNCTION claims_spend_gone RENAME TO claims_spend")
    assert first({"HTTP_IF_NONE_MATCH": tag})[0] == "304 Not Modified"
