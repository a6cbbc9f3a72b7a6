"""What PostgreSQL refuses of the ledger in plain SQL, as the owner of the database."""

import hashlib
import json

import pytest
import rfc8785
from django.db import IntegrityError, connection

from claims import document, workflow
from claims.models import Claim, Publication, Review
from tests.claims import factories
from tests.claims.ledger_entries import changed, entry, insert
from tests.claims.plain_sql import refused, sql

pytestmark = pytest.mark.django_db


def test_well_made_entry_is_taken():
    sql(*insert(entry(factories.approved())))
    assert Publication.objects.count() == 1


def test_publishing_without_an_approval_is_refused():
    refused("publication_needs_approval", *insert(entry(factories.approved(), approval_id=None)))


def test_publishing_with_a_request_for_changes_is_refused():
    claim = factories.in_review()
    workflow.request_changes(claim, by=factories.user("reviewer"), comment="Say more.")
    refused("publication_needs_approval", *insert(entry(claim)))


def test_publishing_with_the_approval_of_another_claim_is_refused():
    other = factories.approved()
    refused(
        "publication_needs_approval",
        *insert(entry(factories.approved(), approval_id=Review.objects.get(claim=other).pk)),
    )


def test_publishing_other_content_than_approved_is_refused():
    claim = factories.approved()
    refused("publication_of_approved_content", *insert(entry(claim, doc=changed(claim, summary="Not so."))))


def test_publishing_an_unapproved_claims_old_approval_is_refused():
    claim = factories.approved()
    workflow.take_back(claim, by=factories.user("researcher"))
    refused("publication_of_approved_claim", *insert(entry(claim)))


def test_listing_that_carries_an_assessment_needs_approval():
    claim = factories.in_review()
    doc = changed(claim, rating=None)
    refused("publication_needs_approval", *insert(entry(claim, doc=doc, kind="listing", approval_id=None)))


def test_rated_listing_is_refused():
    refused("publication_listing_first", *insert(entry(factories.approved(), kind="listing")))


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("publication_sequence_gapless", {"sequence": 7}),
        ("publication_chained", {"previous_hash": "1" * 64}),
        ("publication_hash", {"hash": "1" * 64}),
        ("publication_versions_gapless", {"version": 2}),
        ("publication_amends_one_before", {"kind": "correction", "note": "Sorry."}),
        ("publication_of_submission", {"note": "A verdict has no note."}),
        ("publication_document_is_of_entry", {"published_at": "2030-01-01T00:00:00Z"}),
        ("publication_content_hash", {"content_hash": None}),
    ],
)
def test_entry_that_does_not_fit_the_ledger_is_refused(rule, changes):
    factories.published()
    claim = factories.approved()
    if rule == "publication_content_hash":
        # The approval's hash with another document's bytes.
        doc = changed(claim, summary="Not so.")
        changes = {"doc": doc, "content_hash": claim.submitted_hash}
    refused(rule, *insert(entry(claim, **changes)))


def test_document_that_is_not_canonical_is_refused():
    claim = factories.approved()
    text = json.dumps(json.loads(entry(claim)["document"]), indent=1)
    refused("publication_document_canonical", *insert(entry(claim, document=text)))


def test_document_that_forgets_a_correction_is_refused():
    claim = factories.published()
    factories.amended(claim)
    workflow.reopen(claim, by=factories.user("researcher"))
    factories.approved(claim, kind="update", note="More data.")
    doc = changed(claim, corrections=[])
    refused("publication_document_is_of_entry", *insert(entry(claim, doc=doc, kind="update", note="More data.")))


@pytest.mark.parametrize("table", ["claims_review", "claims_publication"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE", "TRUNCATE claims_claim CASCADE"],
)
def test_rewriting_reviews_and_publications_is_refused(table, statement):
    factories.published()
    if table == "claims_publication":
        statement = statement.replace("SET id = id", "SET note = note")
    # TRUNCATE refuses tables with pending deferred checks, which is not the refusal that is looked for.
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    rules = [f"{name}_append_only" for name in ("review", "publication")]
    with pytest.raises(IntegrityError) as caught:
        sql(statement.format(table))
    rule = caught.value.__cause__.diag.constraint_name
    assert rule in rules
    if "claims_claim" not in statement and "CASCADE" not in statement:
        assert rule == f"{table.removeprefix('claims_')}_append_only"


def test_rules_cannot_be_switched_off_by_a_setting():
    claim = factories.published()
    sql("SET LOCAL pgtrigger.ignore = '{publication_append_only,claim_workflow}'")
    refused("publication_append_only", "DELETE FROM claims_publication WHERE claim_id = %s", claim.pk)


# Canonical JSON


@pytest.mark.parametrize(
    "value",
    [
        {"b": 1, "a": [True, False, None, -3, 0], "B": {}},
        {"text": 'tab\t line\n quote" back\\slash / bell\x07 del\x7f é 𝒜 \u2028 ភាសាខ្មែរ'},
        {"": [], "z": [[], [{}]], "aa": "", "a_b": "x"},
    ],
)
def test_canonical_json_of_postgres_is_rfc_8785(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT claims_canonical_json(%s::jsonb), claims_sha256(%s)", [json.dumps(value), "é"])
        text, digest = cursor.fetchone()
    assert text == rfc8785.dumps(value).decode()
    assert digest == hashlib.sha256("é".encode()).hexdigest()


def test_publishing_another_note_than_was_submitted_is_refused():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    factories.approved(claim, kind="update", note="More data.")
    note = "Something nobody approved."
    correction = {"version": 2, "kind": "update", "note": note, "published_at": None}
    doc = changed(claim)
    doc["corrections"] = [correction | {"published_at": doc["published_at"]}]
    refused("publication_of_submission", *insert(entry(claim, doc=doc, kind="update", note=note)))


def test_publishing_a_superseded_approval_is_refused():
    claim = factories.approved()
    first = entry(claim)
    workflow.take_back(claim, by=factories.user("researcher"))
    factories.approved(claim, summary="Another summary.")
    refused("publication_of_submission", *insert(first))


def test_listing_with_a_note_is_refused():
    claim = Claim.objects.for_document().get(pk=factories.claim().pk)
    bare = document.bare_content(claim)
    doc = document.document(claim, bare, version=1, kind="listing", note="", at=claim.created_at, previous=None)
    refused("publication_amendment_has_note", *insert(entry(claim, doc=doc, kind="listing", note="A note.")))


def reopened(claim, **assessment):
    """A published claim in review again, approved as an update of whatever it says now."""
    workflow.reopen(claim, by=factories.user("researcher"))
    return factories.approved(claim, kind="update", note="News.", **assessment)


def update(claim, **fields):
    """A well-made entry of an update that was not asked what it needs."""
    doc = changed(claim, **fields)
    correction = {"version": doc["version"], "kind": "update", "note": "News.", "published_at": doc["published_at"]}
    doc["corrections"] = [*doc["corrections"], correction]
    return insert(entry(claim, doc=doc, kind="update", note="News."))


def test_rated_amendment_without_a_verdict_before_it_is_refused():
    claim = reopened(factories.published(kind="listing", rating=None), rating=None)
    rating = {"slug": "true", "name": "True", "value": 3, "best": 3, "worst": 3}
    refused("publication_rated_after_verdict", *update(claim, rating=rating, verification_status="verified"))
    sql(*update(claim))


def test_rated_amendment_of_a_verdict_is_taken():
    sql(*update(reopened(factories.published())))


def test_second_verdict_is_refused():
    claim = reopened(factories.published())
    refused("publication_verdict_once", *insert(entry(claim)))


def test_verdict_right_after_a_retraction_is_refused():
    claim = factories.published(kind="listing", rating=None)
    factories.amended(claim, kind="retraction", note="It was never said.", rating=None)
    claim = reopened(claim, rating=None)
    rating = {"slug": "true", "name": "True", "value": 3, "best": 3, "worst": 3}
    doc = changed(claim, rating=rating, verification_status="verified")
    refused("publication_verdict_once", *insert(entry(claim, doc=doc)))
