"""Keys: what is issued, what is kept of it, and a limit that is exact however many ask at once."""

import datetime
import hashlib
import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone
from django.views.debug import ExceptionReporter

from claims import api_keys
from claims.models import ApiKey, ApiKeyDay, ApiKeyUse
from claims.refusals import Refused
from tests.claims import factories
from tests.claims.plain_sql import refused, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return factories.user("administrator")


def issue(admin, per_minute=3, name="The Archive"):
    return api_keys.issue(name=name, per_minute=per_minute, by=admin)


def let_through(secret, times):
    return [not api_keys.spend(secret).refused for _ in range(times)].count(True)


def turn_back(seconds):
    """As if what was let through had been so much earlier."""
    ApiKeyUse.objects.update(second=int(time.time()) - seconds)


def test_secret_is_random_and_only_its_hash_is_kept(admin):
    key, secret = issue(admin)
    assert re.fullmatch(r"assay_[\w-]{43}", secret)
    assert secret != issue(admin)[1]
    key.refresh_from_db()
    assert (key.prefix, key.secret_hash) == (secret[:12], hashlib.sha256(secret.encode()).hexdigest())
    assert (key.created_by, key.revoked_at) == (admin, None)


@pytest.mark.parametrize("role", ["annotator", "researcher", "reviewer", "publisher"])
def test_only_administrators_issue_and_revoke(admin, role):
    user, (key, secret) = factories.user(role), issue(admin)
    with pytest.raises(Refused, match="does not allow you to issue"):
        api_keys.issue(name="Mine", per_minute=1, by=user)
    with pytest.raises(Refused, match="does not allow you to revoke"):
        api_keys.revoke(key, by=user)
    assert not api_keys.spend(secret).refused


def test_limit_is_let_through_and_no_more(admin):
    key, secret = issue(admin)
    spent = [api_keys.spend(secret) for _ in range(4)]
    assert [(one.key, one.limit, one.remaining, one.refused) for one in spent] == [
        (key.pk, 3, 2, False),
        (key.pk, 3, 1, False),
        (key.pk, 3, 0, False),
        (key.pk, 3, 0, True),
    ]
    assert all(59 <= one.reset <= 61 for one in spent)


def test_what_was_let_through_counts_for_a_minute_and_not_longer(admin):
    _, secret = issue(admin)
    assert let_through(secret, 5) == 3
    turn_back(59)
    assert let_through(secret, 5) == 0
    turn_back(61)
    assert let_through(secret, 5) == 3


def test_no_sixty_seconds_hold_more_than_the_limit(admin):
    """Where windows of a minute meet, and with a bucket that has filled up: neither lets through twice as much."""
    _, secret = issue(admin, per_minute=10)
    assert let_through(secret, 4) == 4
    turn_back(40)
    assert let_through(secret, 20) == 6
    turn_back(30)  # the four are 70 seconds old by now, the six 30
    assert let_through(secret, 20) == 4


def test_reset_says_when_the_next_is_let_through(admin):
    _, secret = issue(admin, per_minute=2)
    api_keys.spend(secret)
    turn_back(25)
    api_keys.spend(secret)
    found = api_keys.spend(secret)
    assert found.refused
    assert 34 <= found.reset <= 36
    ApiKey.objects.update(per_minute=1)
    assert 59 <= api_keys.spend(secret).reset <= 61


def test_limit_that_is_changed_counts_from_the_next_request_on(admin):
    key, secret = issue(admin)
    let_through(secret, 3)
    ApiKey.objects.filter(pk=key.pk).update(per_minute=5)
    assert let_through(secret, 5) == 2
    ApiKey.objects.filter(pk=key.pk).update(per_minute=2)
    assert (api_keys.spend(secret).remaining, let_through(secret, 5)) == (0, 0)


def test_keys_have_nothing_to_do_with_each_other(admin):
    (_, one), (_, other) = issue(admin), issue(admin)
    assert (let_through(one, 5), let_through(other, 5)) == (3, 3)


def test_clock_that_is_set_back_gives_nothing_for_free(admin):
    _, secret = issue(admin)
    let_through(secret, 3)
    turn_back(-3600)
    assert let_through(secret, 3) == 0


@pytest.mark.parametrize("secret", ["", "assay_", "assay_" + "x" * 43, "x" * 49, "assay_" + "é" * 43, "\0"])
def test_what_is_no_key_is_none(admin, secret):
    issue(admin)
    assert api_keys.spend(secret) is None


def test_revoked_key_is_none_and_says_by_whom(admin):
    key, secret = issue(admin)
    api_keys.spend(secret)
    api_keys.revoke(key, by=admin)
    assert api_keys.spend(secret) is None
    assert (key.revoked_by, key.revoked_at.date()) == (admin, timezone.now().date())
    with pytest.raises(Refused, match="revoked already"):
        api_keys.revoke(key, by=admin)


def test_use_is_counted_by_day(admin, django_assert_num_queries):
    (key, secret), _ = issue(admin, name="A"), issue(admin, name="B")
    let_through(secret, 5)
    today = timezone.now().date()
    for days, requests in ((1, 10), (29, 100), (30, 1000)):
        past = today - datetime.timedelta(days=days)
        ApiKeyDay.objects.create(key=key, day=past, requests=requests, refusals=requests // 10)
    with django_assert_num_queries(1):
        found = list(api_keys.with_use(ApiKey.objects.order_by("name"), today=today))
        assert [(one.today, one.month, one.month_refused) for one in found] == [(5, 115, 13), (0, 0, 0)]
        assert [one.use.last_used_at is not None for one in found] == [True, False]


def test_a_request_is_one_statement(admin, django_assert_num_queries):
    _, secret = issue(admin)
    with django_assert_num_queries(1):
        api_keys.spend(secret)


def test_issue_and_revocation_are_in_the_history(admin):
    key, _ = issue(admin)
    api_keys.revoke(key, by=admin)
    events = key.events.order_by("pgh_id")
    assert [(event.pgh_label, event.pgh_context.metadata["reason"]) for event in events] == [
        ("insert", "issue"),
        ("update", "revoke"),
    ]


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("api_key_stays_revoked", "revoked_at = NULL, revoked_by_id = NULL"),
        ("api_key_stays_revoked", "revoked_at = now()"),
        ("api_key_keeps_its_secret", "secret_hash = 'another'"),
        ("api_key_keeps_its_secret", "prefix = 'another'"),
        ("api_key_revoked_by_somebody", "revoked_by_id = NULL"),
        ("api_key_lets_something_through", "per_minute = 0"),
        ("api_key_says_whose", "name = ''"),
    ],
)
def test_postgresql_refuses(admin, rule, change):
    key, _ = issue(admin)
    sql("UPDATE claims_apikey SET revoked_at = '2026-01-01', revoked_by_id = %s WHERE id = %s", admin.pk, key.pk)
    if change == "revoked_by_id = NULL":
        key, _ = issue(admin)
        change = "revoked_at = now()"
    refused(rule, f"UPDATE claims_apikey SET {change} WHERE id = %s", key.pk)


def in_threads(work, given, threads=8):
    """Each thread with a connection of its own."""

    def one(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(one, given))


def test_many_at_once_are_let_through_to_exactly_the_limit(committed):
    _, secret = issue(factories.user("administrator"), per_minute=100)
    spent = in_threads(api_keys.spend, [secret] * 160)
    assert [one.refused for one in spent].count(False) == 100
    assert sorted(one.remaining for one in spent if not one.refused) == list(range(100))
    assert list(ApiKeyDay.objects.values_list("requests", "refusals")) == [(160, 60)]


def test_revoked_while_many_ask_it_lets_through_none_that_come_after(committed):
    admin = factories.user("administrator")
    key, secret = issue(admin, per_minute=1000)

    revoked = Event()

    def ask(number):
        if number == 20:
            api_keys.revoke(key, by=admin)
            revoked.set()
        late = revoked.is_set()
        return late, api_keys.spend(secret)

    answers = in_threads(ask, range(80))
    assert answers[20] == (True, None)
    assert [spent for late, spent in answers if late and spent] == []


def test_report_of_an_error_does_not_have_the_secret(admin, rf):
    _, secret = issue(admin)
    sql("ALTER FUNCTION claims_spend RENAME TO claims_gone")
    request = rf.get("/api/v1/", headers={"authorization": f"Bearer {secret}"})
    with pytest.raises(ProgrammingError) as caught:
        api_keys.spend(secret)
    # Without the frame of this very function, which has the secret.
    error = caught.value.with_traceback(caught.tb.tb_next)
    reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    report = reporter.get_traceback_html() + reporter.get_traceback_text()
    assert "HTTP_AUTHORIZATION" in report
    assert "claims/api_keys.py" in report
    assert secret not in report
