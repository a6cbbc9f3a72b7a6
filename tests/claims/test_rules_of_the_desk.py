"""What PostgreSQL refuses in plain SQL of anchors, authors, contacts and merges."""

import pytest
from django.db import connection

from claims import document, editing, workflow
from claims.models import Assessment, Claim, Contact, Publication
from tests.claims import factories
from tests.claims.ledger_entries import entry, insert
from tests.claims.plain_sql import refused, sql

pytestmark = pytest.mark.django_db

REVIEW = """INSERT INTO claims_review (claim_id, content_hash, decision, comment, reviewer_id)
            SELECT id, submitted_hash, 'approved', '', %s FROM claims_claim WHERE id = %s"""


def test_quote_that_is_lost_need_not_be_in_the_text():
    claim = factories.claim()
    sql("UPDATE claims_claim SET anchor = 'lost' WHERE id = %s", claim.pk)
    sql("UPDATE claims_article SET text = 'Nothing of that.' WHERE id = %s", claim.article_id)
    sql("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("anchor", ["exact", "moved"])
def test_quote_that_is_not_in_the_text_cannot_be_called_anchored(anchor):
    claim = factories.claim()
    sql("UPDATE claims_claim SET anchor = 'lost' WHERE id = %s", claim.pk)
    sql(
        "UPDATE claims_article SET text = 'Nothing of that, nor of anything else, is in here.' WHERE id = %s",
        claim.article_id,
    )
    refused("claim_quote_is_its_span", "UPDATE claims_claim SET anchor = %s WHERE id = %s", anchor, claim.pk)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ("anchor = 'adrift'", "claim_anchor_known"),
        ("found_start = 1, found_end = 2", "claim_found_only_if_changed"),
        ("anchor = 'changed', found_start = 2, found_end = 2", "claim_found_only_if_changed"),
        ("speaker_unknown = true", "claim_speaker_named_or_unknown"),
    ],
)
def test_contradiction_is_refused(columns, rule):
    claim = factories.claim()
    refused(rule, f"UPDATE claims_claim SET {columns} WHERE id = %s", claim.pk)


@pytest.mark.parametrize("anchor", ["changed", "lost"])
def test_claim_adrift_is_not_published(anchor):
    claim = factories.approved()
    sql("UPDATE claims_claim SET anchor = %s WHERE id = %s", anchor, claim.pk)
    refused("publication_anchor_intact", *insert(entry(claim)))


def test_authors_are_told_by_the_databases_own_clock():
    """Whoever publishes says when; an hour ahead of PostgreSQL, nothing written in that hour is forgotten."""
    claim = factories.published()
    early = factories.user("researcher", "reviewer")
    workflow.reopen(claim, by=early)
    editing.assess(claim, by=early, summary="One thing.")
    editing.assess(claim, by=factories.user("researcher"), summary="Another thing.")
    sql(
        """SET LOCAL session_replication_role = replica;
           UPDATE claims_publication SET published_at = now() + interval '1 hour';
           SET LOCAL session_replication_role = origin"""
    )
    assert early.pk in workflow.authors(claim)


def test_claim_adrift_can_be_retracted():
    claim = factories.published()
    sql("UPDATE claims_claim SET anchor = 'lost' WHERE id = %s", claim.pk)
    retraction = factories.amended(claim, kind="retraction", note="The article no longer says it.")
    assert retraction.kind == "retraction"


def test_everybody_who_wrote_since_the_last_publication_is_an_author():
    claim = factories.published()
    first, second, outsider = (factories.user("researcher", "reviewer") for _ in range(3))
    workflow.reopen(claim, by=first)
    editing.assess(claim, by=first, summary="One thing.")
    editing.assess(claim, by=second, summary="Another thing.")
    submitter = factories.user("researcher")
    workflow.submit(claim, by=submitter, kind="correction", note="It was another thing.")
    assert {first.pk, second.pk} <= workflow.authors(claim)
    for author in (first, second):
        refused("review_approver_is_not_author", REVIEW, author.pk, claim.pk)
    refused("review_approver_is_not_submitter", REVIEW, submitter.pk, claim.pk)
    sql(REVIEW, outsider.pk, claim.pk)


def test_author_of_an_earlier_version_may_approve_a_later_one():
    earlier = factories.user("researcher", "reviewer")
    claim = factories.published(by=earlier)
    # The ledger keeps whole seconds: what was written before the publication's second is of the version before.
    sql(
        """ALTER TABLE claims_assessmentevent DISABLE TRIGGER ALL;
           UPDATE claims_assessmentevent SET pgh_created_at = pgh_created_at - interval '2 seconds';
           ALTER TABLE claims_assessmentevent ENABLE TRIGGER ALL"""
    )
    workflow.reopen(claim, by=factories.user("researcher"))
    factories.in_review(claim, kind="update", note="A new figure.", summary="A new figure.")
    assert earlier.pk not in workflow.authors(claim)
    sql(REVIEW, earlier.pk, claim.pk)


def test_listing_with_contacts_needs_an_approval():
    claim = factories.claim()
    Contact.objects.create(
        claim=claim,
        kind="right_of_reply",
        party="The mayor",
        on="2022-07-12",
        public=True,
        recorded_by=factories.user(),
    )
    current = Claim.objects.for_document().get(pk=claim.pk)
    reviewed = document.bare_content(current) | {"contacts": document.content(current, kind="listing")["contacts"]}
    doc = document.document(current, reviewed, version=1, kind="listing", note="", at=claim.created_at, previous=None)
    columns = entry(claim, doc, kind="listing", approval_id=None)
    refused("publication_needs_approval", *insert(columns))


def test_speaker_is_not_merged_into_itself():
    speaker = factories.speaker()
    refused("speaker_not_merged_into_itself", "UPDATE claims_speaker SET merged_into_id = id WHERE id = %s", speaker.pk)


@pytest.mark.parametrize("column", ["speaker_id", "relays_id"])
def test_claim_does_not_name_a_merged_speaker(column):
    claim, gone = factories.claim(), factories.speaker(merged_into=factories.speaker())
    refused("claim_names_current_speaker", f"UPDATE claims_claim SET {column} = %s WHERE id = %s", gone.pk, claim.pk)


@pytest.mark.parametrize(
    "told", [{"verification_status": "verified"}, {"a_new_field": "It is true."}, {"needed": "More."}]
)
def test_listing_that_says_more_than_that_a_statement_is_tracked_needs_an_approval(told):
    claim = factories.claim()
    current = Claim.objects.for_document().get(pk=claim.pk)
    reviewed = document.bare_content(current) | told
    doc = document.document(current, reviewed, version=1, kind="listing", note="", at=claim.created_at, previous=None)
    refused("publication_needs_approval", *insert(entry(claim, doc, kind="listing", approval_id=None)))


def test_functions_look_names_up_where_they_were_made():
    with connection.cursor() as cursor:
        cursor.execute(
            r"""SELECT proname, proconfig IS NOT NULL FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
                WHERE lanname = 'plpgsql' AND proname LIKE 'claims\_%'"""
        )
        pinned = dict(cursor.fetchall())
    assert "claims_authors" in pinned
    assert all(pinned.values())


def test_assessments_author_is_one_of_its_authors():
    claim = factories.researched()
    assert workflow.authors(claim) == {Assessment.objects.get(claim=claim).author_id}


def test_whoever_wrote_what_was_published_is_not_deleted():
    """Nothing but their number in the entry holds them: somebody else wrote the assessment after."""
    early, late = factories.user("researcher"), factories.user("researcher")
    claim = factories.researched(by=early, summary="One thing.")
    factories.published(claim, by=late, summary="Another thing.")
    sql("UPDATE claims_claim SET assignee_id = NULL WHERE id = %s", claim.pk)
    assert Publication.objects.get().written_by == [early.pk, late.pk]
    refused("user_wrote_assessment", "DELETE FROM auth_user WHERE id = %s", early.pk)


def test_whoever_wrote_nothing_may_be_deleted():
    sql("DELETE FROM auth_user WHERE id = %s", factories.user().pk)
