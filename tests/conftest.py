from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What pages keep for as long as the record does not change: that of another test may have had the same version."""
    cache.clear()


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database whose commits are real; the ledger is emptied as only its owner could, triggers off."""
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("publishedclaim", "publication", "review"):
            cursor.execute(f"DELETE FROM claims_{table}")
