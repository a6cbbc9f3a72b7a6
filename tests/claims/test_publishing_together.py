"""Many publications at once, over real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from claims import ledger, publishing
from claims.models import Publication, PublishedClaim
from claims.refusals import Refused
from tests.claims import factories


@pytest.fixture
def committed(transactional_db):
    """A database whose commits are real; the ledger is emptied as only its owner could, triggers off."""
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("publishedclaim", "publication", "review"):
            cursor.execute(f"DELETE FROM claims_{table}")


def publish(claim, publisher):
    try:
        return publishing.publish(claim, by=publisher, kind="verdict").sequence
    except Refused as refusal:
        return refusal.rule
    finally:
        connection.close()


def together(claims, publisher):
    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(publish, claims, [publisher] * len(claims)))


def test_32_publications_over_8_connections_are_one_chain(committed):
    article = factories.article()
    claims = [factories.approved(factories.claim(article=article)) for _ in range(32)]
    sequences = together(claims, factories.user("publisher"))
    assert sorted(sequences) == list(range(1, 33))
    assert len(list(ledger.verify())) == 32
    assert sorted(PublishedClaim.objects.values_list("ordinal", flat=True)) == list(range(1, 33))


def test_publishing_one_claim_eight_times_at_once_publishes_it_once(committed):
    claim = factories.approved()
    outcomes = together([claim] * 8, factories.user("publisher"))
    assert sorted(map(str, outcomes)) == ["1"] + ["claim_workflow_moves"] * 7
    assert Publication.objects.count() == 1
