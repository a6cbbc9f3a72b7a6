"""Keys and limits, as answers tell of them."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from rest_framework.request import Request

from claims import api_keys
from claims.api import limits
from claims.api.anonymous import Visitors
from claims.models import ApiKey, ApiKeyDay
from tests.claims import factories

pytestmark = pytest.mark.django_db

ADDRESSES = ["/api/v1/", "/api/v1/claims/", "/api/v1/nothing/", "/api/v1/?colour=red", "/api/schema/", "/api/docs/"]
FEEDS = ["/feeds/claims.atom", "/feeds/corrections.atom", "/feeds/claimreview.json", "/feeds/claims.atom?colour=red"]
ADDRESSES += FEEDS


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(monkeypatch):
    monkeypatch.setattr(limits, "visitors", Visitors())


@pytest.fixture
def secret():
    return api_keys.issue(name="The Archive", per_minute=3, by=factories.user("administrator"))[1]


def read(response):
    """To its end, since an export has a slot until then."""
    b"".join(response)
    return response


def ask(client, secret, address="/api/v1/", scheme="Bearer"):
    return read(client.get(address, headers={"authorization": f"{scheme} {secret}"}))


def told(response):
    return [response.headers.get(name) for name in ("RateLimit-Policy", "RateLimit", "Retry-After", "Cache-Control")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_to_a_key_says_what_is_left_and_is_private(client, secret, address):
    policy, limit, retry, cache = told(ask(client, secret, address))
    assert (policy, retry, cache) == ('"key";q=3;w=60', None, "private")
    assert limit in ('"key";r=2;t=60', '"key";r=2;t=61')


@pytest.mark.parametrize("address", ADDRESSES)
def test_answer_to_anonymous_readers_says_the_policy_only(client, settings, address):
    settings.API_RATE_ANONYMOUS = 50
    policy, limit, retry, cache = told(read(client.get(address)))
    assert (policy, limit, retry) == ('"anonymous";q=50;w=60', None, None)
    assert cache != "private"


def test_without_a_limit_nothing_is_said_or_counted(client, settings):
    settings.API_RATE_ANONYMOUS = 0
    assert told(client.get("/api/v1/"))[:3] == [None] * 3
    assert not limits.visitors.kept


def test_key_that_is_used_up_is_refused_until_later(client, secret):
    assert [ask(client, secret).status_code for _ in range(4)] == [200, 200, 200, 429]
    response = ask(client, secret)
    policy, limit, retry, cache = told(response)
    assert (policy, cache) == ('"key";q=3;w=60', "no-store")
    assert 55 <= int(retry) <= 61
    assert limit == f'"key";r=0;t={retry}'
    assert client.get("/api/v1/").status_code == 200
    assert list(ApiKeyDay.objects.values_list("requests", "refusals")) == [(5, 2)]


def test_anonymous_reader_who_asks_too_much_is_refused_until_later(client, settings, secret):
    settings.API_RATE_ANONYMOUS = 2
    assert [client.get("/api/v1/").status_code for _ in range(3)] == [200, 200, 429]
    policy, limit, retry, cache = told(client.get("/api/v1/claims/"))
    assert (policy, cache) == ('"anonymous";q=2;w=60', "no-store")
    assert 50 <= int(retry) <= 70
    assert limit == f'"anonymous";r=0;t={retry}'
    assert ask(client, secret).status_code == 200
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("wrong", ["", "x", "assay_" + "x" * 43, "assay_ÿ"])
def test_wrong_key_is_refused(client, secret, wrong):
    response = ask(client, wrong)
    assert (response.status_code, response.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')
    assert response.headers["Cache-Control"] == "no-store"


def test_revoked_key_is_refused_at_once(client, secret):
    assert ask(client, secret).status_code == 200
    api_keys.revoke(ApiKey.objects.get(), by=factories.user("administrator"))
    assert ask(client, secret).status_code == 401


def test_wrong_keys_count_as_anonymous_requests(client, settings, secret):
    settings.API_RATE_ANONYMOUS = 2
    assert [ask(client, "x").status_code for _ in range(3)] == [401, 401, 429]
    assert told(ask(client, "x"))[0] == '"anonymous";q=2;w=60'
    assert ask(client, secret).status_code == 200


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
def test_scheme_may_be_written_otherwise(client, secret, scheme):
    assert told(ask(client, secret, scheme=scheme))[0] == '"key";q=3;w=60'


def test_other_schemes_are_not_ours_to_judge(client):
    assert client.get("/api/v1/", headers={"authorization": "Basic eDp5"}).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("headers", [{}, {"if-none-match": '"other"'}])
def test_feeds_are_limited_like_all_else(client, settings, secret, address, method, headers):
    settings.API_RATE_ANONYMOUS = 2
    before, between, response = (read(getattr(client, method)(address, headers=headers)) for _ in range(3))
    policy, limit, retry, cache = told(response)
    assert 429 not in (before.status_code, between.status_code)
    assert (response.status_code, policy, cache) == (429, '"anonymous";q=2;w=60', "no-store")
    assert (response.headers["Content-Type"], limit) == ("text/plain; charset=utf-8", f'"anonymous";r=0;t={retry}')
    assert ask(client, secret, address).status_code == (400 if "?" in address else 200)


def test_unchanged_feed_is_refused_to_who_asks_too_much(client, settings):
    settings.API_RATE_ANONYMOUS = 3
    tag = client.get("/feeds/claims.atom").headers["ETag"]
    asked = [client.get("/feeds/claims.atom", headers={"if-none-match": tag}).status_code for _ in range(3)]
    assert asked == [304, 304, 429]


@pytest.mark.parametrize("address", ["/api/v1/claims/", "/feeds/claims.atom"])
def test_wrong_key_for_a_feed_is_refused_and_counted_as_elsewhere(client, settings, address):
    settings.API_RATE_ANONYMOUS = 2
    answers = [ask(client, "x", address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[0].headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert answers[0].headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/api/v1/claims/", "/v1alpha1/claims:search", "/feeds/claims.atom", "/api/nothing/"]
)
def test_preflights_are_answered_and_not_counted(client, settings, address):
    settings.API_RATE_ANONYMOUS = 1
    headers = {"origin": "https://a.example", "access-control-request-method": "GET"}
    answers = [client.options(address, headers=headers) for _ in range(3)]
    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 3
    assert client.get("/api/v1/").status_code == 200


def test_pages_are_not_limited(client, settings):
    settings.API_RATE_ANONYMOUS = 1
    assert [client.get("/claims/").status_code for _ in range(3)] == [200] * 3


def test_anonymous_request_costs_no_query_and_one_with_a_key_one(client, secret, django_assert_num_queries):
    # One asks for the record's state.
    with django_assert_num_queries(1):
        client.get("/api/v1/")
    with django_assert_num_queries(2):
        ask(client, secret)


def test_request_is_counted_once_however_often_it_is_asked_about(secret, settings):
    settings.API_RATE_ANONYMOUS = 1
    environ = {"REMOTE_ADDR": "192.0.2.7"}
    assert [limits.anonymous_allowed(environ).refused for _ in range(3)] == [False] * 3
    assert limits.anonymous_allowed({"REMOTE_ADDR": "192.0.2.7"}).refused
    environ = {"REMOTE_ADDR": "192.0.2.7"}
    assert [limits.key_allowed(environ, secret).remaining for _ in range(3)] == [2] * 3
    for _ in range(2):
        with pytest.raises(limits.UnknownKey):
            limits.key_allowed({"REMOTE_ADDR": "192.0.2.8"}, "x")


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "found"),
    [
        (False, "192.0.2.1", "127.0.0.1"),
        (True, "192.0.2.1", "192.0.2.1"),
        (True, "10.0.0.1, 192.0.2.1", "192.0.2.1"),
        (True, "", "127.0.0.1"),
        (True, "10.0.0.1, 192.0.2.1:5678", "192.0.2.1"),
        (True, "2001:db8::1", "2001:db8::1"),
        (True, "[2001:db8::1]", "2001:db8::1"),
        (True, "[2001:db8::1]:5678", "2001:db8::1"),
    ],
)
def test_address_is_the_peer_s_or_what_the_proxy_says_last(settings, behind_proxy, forwarded, found):
    settings.BEHIND_PROXY = behind_proxy
    assert limits.address({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}) == found


def test_key_in_the_query_is_taken_out_of_the_request(secret):
    request = RequestFactory().get("/v1alpha1/claims:search", {"query": "rain", "key": secret, "pageSize": "3"})
    request.META["RAW_URI"] = request.get_full_path()
    assert "key" in request.GET
    assert limits.QueryKeyAuthentication().authenticate(Request(request))[1].remaining == 2
    assert request.GET.dict() == {"query": "rain", "pageSize": "3"}
    assert secret not in repr(request) + str(request.META)
    assert limits.take_query_key(request) is None


def test_key_in_the_query_is_not_one_of_the_api(client, secret):
    response = client.get("/api/v1/", {"key": secret})
    assert (response.status_code, secret in response.text) == (400, False)


def test_headers_go_over_those_that_an_answer_has(secret):
    environ, response = {}, HttpResponse(headers={"Cache-Control": "public, max-age=60"})
    limits.key_allowed(environ, secret)
    limits.tell(response, environ)
    assert response.headers["Cache-Control"] == "private"


def test_schema_says_that_a_key_may_be_given(client):
    schema = client.get("/api/schema/").json()
    operation = schema["paths"]["/api/v1/claims/"]["get"]
    assert operation["security"] == [{"key": []}, {}]
    assert {"401", "429"} <= operation["responses"].keys()
    assert schema["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
