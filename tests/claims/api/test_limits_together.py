"""Keys and limits over two workers of gunicorn, as `make run` starts it; and where a secret is not to be found."""

import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from bench.servers import serving
from claims import api_keys
from claims.models import AnonymousUse, ApiKeyDay
from tests.claims import factories

APPLICATION = "tests.claims.api.told_by:application"


@contextmanager
def server(**environment):
    """With both workers at work: where the machine is busy, the first may have answered all before the other is up."""
    database = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    with serving(APPLICATION, **environment) as (port, pid):
        deadline = time.monotonic() + 30
        while len({process for _, process, _ in many(port, 16, path="/healthz")}) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        yield port, pid


def ask(port, path="/api/v1/", **headers):
    """The status, the process that answered, and what it says of limits."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as client:
        client.request("GET", path, headers=headers)
        response = client.getresponse()
        response.read()
        return response.status, response.getheader("X-Process"), response.getheader("RateLimit")


def many(port, times, **headers):
    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(lambda _: ask(port, **headers), range(times)))


def statuses(answers):
    return Counter(status for status, _, _ in answers)


@pytest.fixture
def admin(committed):
    return factories.user("administrator")


def test_server_believes_no_headers_about_where_a_request_came_from(committed):
    with server(API_RATE_ANONYMOUS="0") as (port, _), closing(http.client.HTTPConnection("127.0.0.1", port)) as client:
        client.request("GET", "/api/v1/", headers={"SCRIPT_NAME": "/api", "X-Forwarded-Proto": "https"})
        response = client.getresponse()
        links = response.read()
    assert response.status == 200
    assert f"http://127.0.0.1:{port}/api/v1/claims/".encode() in links


def test_limit_of_a_key_is_exact_over_two_workers_and_its_end_is_at_once(admin):
    key, secret = api_keys.issue(name="The Archive", per_minute=60, by=admin)
    with server() as (port, _):
        answers = many(port, 100, Authorization=f"Bearer {secret}")
        assert statuses(answers) == {200: 60, 429: 40}
        assert len({process for _, process, _ in answers}) == 2
        left = sorted(int(said.split(";")[1][2:]) for status, _, said in answers if status == 200)
        assert left == list(range(60))
        assert list(ApiKeyDay.objects.values_list("requests", "refusals")) == [(100, 40)]
        api_keys.revoke(key, by=admin)
        assert statuses(many(port, 20, Authorization=f"Bearer {secret}")) == {401: 20}


def test_anonymous_limit_holds_over_two_workers_to_little_more(admin):
    with server(API_RATE_ANONYMOUS="100", BEHIND_PROXY="true") as (port, _):
        answers = many(port, 200, **{"X-Forwarded-For": "10.0.0.1, 192.0.2.7"})
        assert set(statuses(answers)) == {200, 429}
        # Two processes, each with a twentieth and what four threads are answering.
        assert 100 <= statuses(answers)[200] <= 100 + 2 * (5 + 4)
        assert len({process for _, process, _ in answers}) == 2
        assert AnonymousUse.objects.values("visitor").distinct().count() == 1
        # What clients write themselves stands before what the proxy adds.
        assert ask(port, **{"X-Forwarded-For": "192.0.2.7, 192.0.2.8"})[0] == 200


def rows_with(text):
    """The tables of the whole database that have the text anywhere, in any column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'm', 'p')")
        tables = [table for (table,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE strpos(t::text, %s) > 0", [text])
            found += [table] * cursor.fetchone()[0]
    return found


def test_secret_is_found_in_no_table_and_no_log(admin, client, capfd, caplog):
    client.force_login(admin)
    _, secret = api_keys.issue(name="The Archive", per_minute=3, by=admin)
    with server() as (port, _):
        assert statuses(many(port, 6, Authorization=f"Bearer {secret}")) == {200: 3, 429: 3}
        assert statuses(many(port, 2, Authorization=f"Bearer {secret}x")) == {401: 2}
        assert statuses(many(port, 2, Authorization=f"Basic {secret}")) == {200: 2}
    said = "".join(capfd.readouterr()) + caplog.text
    logs = [path.read_text(errors="replace") for path in settings.DATA_DIR.glob("*.log")]
    hidden = secret[len("assay_") :]
    assert [hidden in text for text in (said, *logs)] == [False] * (len(logs) + 1)
    assert rows_with(hidden) == []
    # The search finds what is there.
    assert {"claims_apikey", "claims_apikeyevent"} == set(rows_with(api_keys.hashed(secret)))
