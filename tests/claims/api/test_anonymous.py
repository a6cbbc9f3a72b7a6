"""Readers without a key, counted by several processes that tell each other now and then."""

import pytest
from django.db import connection

from claims.api import anonymous
from claims.api.anonymous import Visitors
from claims.models import AnonymousUse

pytestmark = pytest.mark.django_db

NOON = 1_800_014_400.0
ADDRESS = "192.0.2.7"


def let_through(visitors, times, *, limit=100, now=NOON, address=ADDRESS):
    return [visitors.count(address, limit, now=now) for _ in range(times)].count(0)


def test_one_process_lets_through_exactly_the_limit():
    visitors = Visitors()
    assert let_through(visitors, 150) == 100
    assert let_through(visitors, 150, address="192.0.2.8") == 100


def test_who_is_refused_is_told_when_to_ask_again():
    visitors = Visitors()
    let_through(visitors, 100, now=NOON + 4)
    assert visitors.count(ADDRESS, 100, now=NOON + 14) == 56
    assert visitors.count(ADDRESS, 100, now=NOON + 69.5) == 0.5
    assert visitors.count(ADDRESS, 100, now=NOON + 70) == 0


def test_no_minute_holds_more_than_the_limit():
    visitors = Visitors()
    assert let_through(visitors, 40) == 40
    assert let_through(visitors, 150, now=NOON + 55) == 60
    assert let_through(visitors, 150, now=NOON + 75) == 40


@pytest.mark.parametrize("processes", [2, 4])
def test_processes_together_let_through_a_twentieth_more_each_at_most(processes):
    several = [Visitors() for _ in range(processes)]
    through = sum(visitors.count(ADDRESS, 100, now=NOON) == 0 for _ in range(150) for visitors in several)
    assert 100 <= through <= 100 + processes * 5


def test_process_that_comes_late_hears_of_it_soon():
    let_through(Visitors(), 150)
    assert let_through(Visitors(), 150) == 5


def test_low_limit_holds_to_a_request():
    one, other = Visitors(), Visitors()
    assert let_through(one, 5, limit=3) == 3
    assert let_through(other, 5, limit=3) == 1


def test_few_requests_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        let_through(Visitors(), 4)


def test_refused_requests_cost_no_query(django_assert_num_queries):
    visitors = Visitors()
    let_through(visitors, 100)
    with django_assert_num_queries(0):
        assert let_through(visitors, 50) == 0


def test_table_is_unlogged_names_nobody_and_is_emptied():
    visitors = Visitors()
    let_through(visitors, 20)
    (row,) = AnonymousUse.objects.all()
    assert (row.slot, row.requests, len(row.visitor)) == (NOON // 10, 20, 32)
    assert ADDRESS.encode() not in bytes(row.visitor)
    let_through(visitors, 20, now=NOON + 75, address="192.0.2.8")
    assert [one.slot for one in AnonymousUse.objects.all()] == [(NOON + 75) // 10]
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'claims_anonymoususe'")
        assert cursor.fetchone() == ("u",)


def test_name_of_an_address_changes_from_day_to_day():
    visitors = Visitors()
    assert visitors.name(ADDRESS, 1) == visitors.name(ADDRESS, 1) != visitors.name(ADDRESS, 2)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1:2:3", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("192.0.2.7", "192.0.2.8", False),
        ("not:an:address", "not:an:address:either", False),
    ],
)
def test_network_of_one_subscriber_is_one_visitor(one, other, same):
    assert (anonymous.network(one) == anonymous.network(other)) == same


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(anonymous, "KEPT", 10)
    visitors = Visitors()
    for number in range(100):
        visitors.count(f"192.0.2.{number}", 100, now=NOON)
    assert len(visitors.kept) == 10
    visitors.count(ADDRESS, 100, now=NOON + 70)
    assert len(visitors.kept) == 1


def test_without_the_table_a_process_counts_alone(caplog):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    with caplog.at_level("WARNING"):
        assert Visitors().count(ADDRESS, 3, now=NOON) == 0
    assert "counted by each process alone" in caplog.text
