from collections.abc import Iterator

import pytest
from django.apps import AppConfig
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.utils import timezone


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What is kept for as long as the record does not change, or not much: that of another test may look the same."""
    cache.clear()
    # Not before Django is set up.
    from claims import selection

    selection._expected.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _record_has_its_state() -> None:
    """Tests whose commits are real end with an empty database, without the row that the migration made."""
    post_migrate.connect(_make_state, dispatch_uid="tests")


def _make_state(sender: AppConfig, **_signal: object) -> None:
    if sender.name == "claims":
        sender.get_model("RecordState").objects.get_or_create(
            pk=1, defaults={"version": 1, "changed_at": timezone.now()}
        )


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database whose commits are real; the ledger is emptied as only its owner could, triggers off."""
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("publishedclaim", "publication", "review"):
            cursor.execute(f"DELETE FROM claims_{table}")
