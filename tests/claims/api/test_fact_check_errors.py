"""Whatever goes wrong under Google's address, the answer is in Google's shape."""

from typing import Any

import pytest
from django.test import Client
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.api.fact_check_tools import FactCheckView

pytestmark = pytest.mark.django_db
SEARCH = "/v1alpha1/claims:search"
BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"
NOWHERE = "There is nothing at this address: of the Fact Check Tools API, only GET /v1alpha1/claims:search is here."


def error(response: Any, code: int) -> dict[str, Any]:
    assert (response.status_code, response.headers["Content-Type"]) == (code, "application/json")
    assert list(response.json()) == ["error"]
    assert response.json()["error"]["code"] == code
    return response.json()["error"]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("pageSize", "many", '(TYPE_INT32), "many"'),
        ("pageSize", "", '(TYPE_INT32), ""'),
        ("pageSize", "1.5", '(TYPE_INT32), "1.5"'),
        ("pageSize", "٣", '(TYPE_INT32), "\\u0663"'),
        ("pageSize", "2147483648", '(TYPE_INT32), "2147483648"'),
        ("pageSize", "9" * 3000, f'(TYPE_INT32), "{"9" * 3000}"'),
        ("pageSize", "-1", '(TYPE_INT32), "-1": it must not be negative'),
        ("offset", "-1", '(TYPE_INT32), "-1": it must not be negative'),
        ("offset", "x", '(TYPE_INT32), "x"'),
        ("maxAgeDays", "-1", '(TYPE_INT32), "-1": it must not be negative'),
        ("maxAgeDays", "week", '(TYPE_INT32), "week"'),
        ("languageCode", "en!", '(TYPE_STRING), "en!": not a BCP 47 tag'),
        ("languageCode", "\0", '(TYPE_STRING), "\\u0000": not a BCP 47 tag'),
        ("query", "a\0", '(TYPE_STRING), "a\\u0000": there is a NUL in it'),
        ("alt", "proto", '(TYPE_ENUM), "proto": there is nothing but json'),
        ("prettyPrint", "maybe", '(TYPE_BOOL), "maybe"'),
        ("fields", "claims/colour", '(TYPE_STRING), "claims/colour": invalid field selection colour'),
        ("fields", "claims(text", '(TYPE_STRING), "claims(text": a bracket is not closed'),
    ],
)
def test_wrong_value_is_refused_by_the_parameters_name(client: Client, name: str, value: str, message: str) -> None:
    refused = error(client.get(SEARCH, {"query": "rain", name: value}), 400)
    described = f"Invalid value at '{name}' {message}"
    details = [{"@type": BAD_REQUEST, "fieldViolations": [{"field": name, "description": described}]}]
    assert refused == {"code": 400, "message": described, "status": "INVALID_ARGUMENT", "details": details}


@pytest.mark.parametrize(
    "token", ["x", "1", "AAAAAAAAAAB", "gAAAAAAAAAA", "AAAAAAAAAAAA", "AAAAAAAAAA=", "AAAAAAAAAAA\n"]
)
def test_token_that_is_none_is_refused(client: Client, token: str) -> None:
    message = error(client.get(SEARCH, {"query": "rain", "pageToken": token}), 400)["message"]
    assert message.startswith("Invalid value at 'pageToken' (TYPE_STRING), ")


def test_query_may_be_long_and_not_endless(client: Client) -> None:
    assert client.get(SEARCH, {"query": "rain " * 100}).json() == {}
    assert "'query'" in error(client.get(SEARCH, {"query": "rain " * 101}), 400)["message"]


@pytest.mark.parametrize("query", ["", "?query=", "?query=+", "?reviewPublisherSiteFilter=", "?languageCode=en"])
def test_nothing_to_search_for_is_refused(client: Client, query: str) -> None:
    message = "Request contains an invalid argument: give 'query' or 'reviewPublisherSiteFilter'."
    refused = error(client.get(SEARCH + query), 400)
    assert (refused["message"], refused["status"]) == (message, "INVALID_ARGUMENT")


def test_unknown_parameter_is_refused_in_googles_words(client: Client) -> None:
    refused = error(client.get(f"{SEARCH}?query=rain&colour=red"), 400)
    assert refused["message"] == (
        'Invalid JSON payload received. Unknown name "colour": Cannot bind query parameter. '
        "Field 'colour' could not be found in request message."
    )
    assert [violation["field"] for violation in refused["details"][0]["fieldViolations"]] == ["colour"]


def test_all_that_is_wrong_is_named(client: Client) -> None:
    refused = error(client.get(f"{SEARCH}?colour=red&size=2&pageSize=x"), 400)
    named = [violation["field"] for violation in refused["details"][0]["fieldViolations"]]
    assert (named, refused["message"].count("\n")) == (["colour", "size", "pageSize"], 2)


@pytest.mark.parametrize(
    "address", ["claims:imageSearch", "claims:search/", "claims", "pages", "pages/1", "", "a/b?x=1", "%00%0A"]
)
def test_other_addresses_are_not_found(client: Client, address: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        refused = error(client.generic(method, f"/v1alpha1/{address}"), 404)
        assert refused == {"code": 404, "message": NOWHERE, "status": "NOT_FOUND"}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    response = client.generic(method, SEARCH, b"{}", "application/json")
    refused = error(response, 405)
    assert refused == {"code": 405, "message": f'Method "{method}" not allowed.', "status": "UNIMPLEMENTED"}
    assert (response.headers["Allow"], response.cookies) == ("GET, HEAD, OPTIONS", {})


def test_options_says_what_is_allowed(client: Client) -> None:
    response = client.options(SEARCH)
    assert (response.status_code, response.headers["Allow"]) == (200, "GET, HEAD, OPTIONS")


class UnknownKey(BaseAuthentication):
    def authenticate(self, request: Request) -> None:
        raise AuthenticationFailed("No such key.")

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class TooMany(BaseThrottle):
    def allow_request(self, request: Request, view: Any) -> bool:
        return False

    def wait(self) -> float:
        return 2.5


def test_unknown_key_is_refused_in_googles_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FactCheckView, "authentication_classes", [UnknownKey])
    refused = error(client.get(f"{SEARCH}?query=rain&key=x"), 400)
    assert refused["message"] == "API key not valid. Please pass a valid API key."
    assert (refused["status"], refused["details"][0]["reason"]) == ("INVALID_ARGUMENT", "API_KEY_INVALID")


def test_too_many_requests_are_told_when_to_come_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FactCheckView, "throttle_classes", [TooMany])
    response = client.get(f"{SEARCH}?query=rain")
    assert error(response, 429)["status"] == "RESOURCE_EXHAUSTED"
    assert response.headers["Retry-After"] == "3"


class Breaks(BaseThrottle):
    def allow_request(self, request: Request, view: Any) -> bool:
        raise ZeroDivisionError("A secret.")


def test_failure_is_logged_and_not_shown(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(FactCheckView, "throttle_classes", [Breaks])
    response = Client(raise_request_exception=False).get(f"{SEARCH}?query=rain")
    refused = error(response, 500)
    assert refused == {"code": 500, "message": "Internal error encountered.", "status": "INTERNAL"}
    logged = [record for record in caplog.records if record.name == "django.request"]
    assert [record.exc_info[0] for record in logged if record.exc_info] == [ZeroDivisionError]
    assert len(logged) == 1
