import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.claims import factories

pytestmark = pytest.mark.django_db


def verify():
    out = io.StringIO()
    call_command("verify_ledger", stdout=out)
    return out.getvalue().strip()


def tamper(statement, *values):
    """Change what is stored with the triggers disabled by hand, as nobody but the database's owner could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def ledger_of_four():
    claim = factories.published()
    factories.listed()
    factories.amended(claim)
    return factories.published()


def test_empty_ledger_is_sound():
    assert verify() == "OK: 0 entries"


def test_ledger_is_sound():
    ledger_of_four()
    assert verify() == "OK: 4 entries"


COLUMNS = [
    ("document", "replace(document, 'It is so', 'It is no')"),
    ("document", "document || ' '"),
    ("document", "left(document, -1)"),
    ("document", "overlay(document placing 'x' from 30)"),
    ("note", "note || '.'"),
    ("note", "overlay(note || ' ' placing 'x' from 1)"),
    ("kind", "CASE kind WHEN 'update' THEN 'correction' ELSE 'update' END"),
    ("kind", "CASE kind WHEN 'verdict' THEN 'listing' ELSE 'verdict' END"),
    ("hash", "overlay(hash placing 'g' from 1)"),
    ("content_hash", "overlay(content_hash placing 'g' from 1)"),
    ("previous_hash", "overlay(previous_hash placing 'g' from 1)"),
    ("version", "version + 7"),
    ("sequence", "sequence + 7"),
    ("published_at", "published_at + interval '1 second'"),
    ("approval_id", "NULL"),
    ("published_by_id", "published_by_id + 1"),
    ("claim_id", "claim_id + 1000000"),
]


@pytest.mark.parametrize(("column", "value"), COLUMNS)
@pytest.mark.parametrize("sequence", [1, 3, 4])
def test_any_change_to_an_entry_is_found_and_named(column, value, sequence):
    ledger_of_four()
    tamper("ALTER TABLE claims_publication DROP CONSTRAINT IF EXISTS publication_amendment_has_note")
    tamper(f"UPDATE claims_publication SET {column} = {value} WHERE sequence = %s", sequence)
    # An entry with another number leaves its place to the one after it.
    named = {1: 2, 3: 4, 4: 11}[sequence] if column == "sequence" else sequence
    with pytest.raises(CommandError, match=rf"^Entry {named} \(claim \d+\): "):
        verify()


def test_removed_entry_is_found():
    ledger_of_four()
    tamper("DELETE FROM claims_publication WHERE sequence = 2")
    with pytest.raises(CommandError, match=r"Entry 3 .*number should be 2"):
        verify()


def test_removed_newest_entry_is_found():
    ledger_of_four()
    tamper("DELETE FROM claims_publishedclaim")
    tamper("DELETE FROM claims_publication WHERE sequence = 4")
    with pytest.raises(CommandError, match="Entry 4: it is missing"):
        verify()


def test_approval_by_another_content_is_found():
    claim = ledger_of_four()
    tamper("UPDATE claims_review SET content_hash = repeat('0', 64) WHERE claim_id = %s", claim.pk)
    with pytest.raises(CommandError, match=r"Entry 4 .*approval is not of this content"):
        verify()


def snapshot():
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM claims_publishedclaim AS p ORDER BY id")
        current = cursor.fetchall()
        cursor.execute("SELECT v::text FROM claims_publishedversion AS v ORDER BY publication_id")
        versions = cursor.fetchall()
        cursor.execute("SELECT kind, value, entries FROM claims_facet ORDER BY kind, value")
        return current, versions, cursor.fetchall()


def test_rebuild_recreates_the_projection_byte_for_byte():
    ledger_of_four()
    factories.published(factories.claim("The mayor", topics=("Trees", "Town"), relays=factories.speaker()))
    before = snapshot()
    tamper("DELETE FROM claims_publishedclaim WHERE id IN (SELECT min(id) FROM claims_publishedclaim)")
    tamper("UPDATE claims_publishedclaim SET rating = 'false', ordinal = ordinal + 10")
    tamper("UPDATE claims_publishedversion SET until = NULL, words = 'other'")
    tamper("DELETE FROM claims_facet WHERE kind <> 'rating'")
    out = io.StringIO()
    call_command("rebuild_published_claims", stdout=out)
    assert snapshot() == before
    assert out.getvalue() == "Rebuilt 4 published claims from the ledger\n"


def test_rebuild_if_behind_is_done_only_then():
    ledger_of_four()
    said = []
    for _ in range(2):
        out = io.StringIO()
        call_command("rebuild_published_claims", if_behind=True, stdout=out)
        said.append(out.getvalue())
        tamper("DELETE FROM claims_publishedversion")
    assert said == ["", "Rebuilt 3 published claims from the ledger\n"]


@pytest.mark.parametrize(
    "value",
    [
        """replace(document, '"published_at":"2', '"published_at":"x')""",
        """replace(document, '"corrections"', '"correctionz"')""",
        """replace(document, '"version":1', '"version":"a"')""",
        """'[]'""",
        """'null'""",
    ],
)
def test_document_that_is_no_longer_one_is_named(value):
    factories.published()
    tamper(f"UPDATE claims_publication SET document = {value}")
    with pytest.raises(CommandError, match=r"^Entry 1 \(claim \d+\): its hash does not match"):
        verify()
