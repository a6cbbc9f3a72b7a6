"""What PostgreSQL refuses in plain SQL, as the owner of the database, with no Python of ours in between."""

import pytest
from django.db import connection, transaction

from claims import workflow
from claims.models import Claim
from tests.claims import factories
from tests.claims.plain_sql import refused, sql

pytestmark = pytest.mark.django_db


def test_owner_is_superuser():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (True,)


# Spans


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ("quote_end = 100000", "claim_span_inside_article"),
        ("quote_start = 1", "claim_quote_is_its_span"),
        ("quote = 'It snowed'", "claim_quote_is_its_span"),
        ("quote_end = quote_start", "claim_quote_not_empty"),
        ("quote = repeat('x', 20001)", "claim_quote_not_too_long"),
    ],
)
def test_span_outside_article_is_refused(columns, rule):
    claim = factories.claim()
    if rule == "claim_quote_not_empty":
        columns += ", quote = ''"
    refused(rule, f"UPDATE claims_claim SET {columns} WHERE id = %s", claim.pk)


def test_span_counts_code_points():
    article = factories.article("𝒜 naïve 🙂 claim. Then more.")
    claim = factories.claim("claim", article=article)
    assert (claim.quote_start, claim.quote_end) == (10, 15)


def test_text_of_article_with_claims_cannot_slip_away():
    claim = factories.claim()
    update = "UPDATE claims_article SET text = 'Now then. ' || text WHERE id = %s; SET CONSTRAINTS ALL IMMEDIATE"
    refused("claim_quote_is_its_span", update, claim.article_id)


def test_text_and_spans_can_move_together():
    claim = factories.claim()
    with transaction.atomic():
        sql("UPDATE claims_article SET text = 'Oh. ' || text WHERE id = %s", claim.article_id)
        sql("UPDATE claims_claim SET quote_start = quote_start + 4, quote_end = quote_end + 4 WHERE id = %s", claim.pk)
        sql("SET CONSTRAINTS ALL IMMEDIATE")


# Workflow


def test_claim_starts_new():
    claim = factories.claim()
    columns = [f.column for f in Claim._meta.concrete_fields if f.column not in ("id", "workflow_status")]
    names = ", ".join(columns)
    refused(
        "claim_starts_new",
        f"""INSERT INTO claims_claim ({names}, workflow_status)
            SELECT {names}, 'published' FROM claims_claim WHERE id = %s""",
        claim.pk,
    )


def test_transition_table_of_postgres_is_that_of_the_workflow():
    with connection.cursor() as cursor:
        cursor.execute("SELECT was, becomes FROM claims_workflow_moves()")
        moves = set(cursor.fetchall())
    assert moves == {(str(s), str(step.target)) for step in workflow.STEPS.values() for s in step.sources}


STATUSES = ["new", "researching", "in_review", "approved", "published", "dropped"]
MOVES = {(str(s), str(step.target)) for step in workflow.STEPS.values() for s in step.sources}


@pytest.mark.parametrize(
    ("was", "becomes"), [(a, b) for a in STATUSES for b in STATUSES if a != b and (a, b) not in MOVES]
)
def test_skipping_a_workflow_step_is_refused(was, becomes):
    claim = factories.at_status(was)
    refused("claim_workflow_moves", "UPDATE claims_claim SET workflow_status = %s WHERE id = %s", becomes, claim.pk)


def test_status_approved_without_review_is_refused():
    claim = factories.in_review()
    refused("claim_approved_by_review", "UPDATE claims_claim SET workflow_status = 'approved' WHERE id = %s", claim.pk)


def test_status_published_without_publication_is_refused():
    claim = factories.approved()
    refused(
        "claim_published_in_ledger", "UPDATE claims_claim SET workflow_status = 'published' WHERE id = %s", claim.pk
    )


def test_in_review_without_submission_is_refused():
    claim = factories.researched()
    refused(
        "claim_in_review_was_submitted",
        "UPDATE claims_claim SET workflow_status = 'in_review' WHERE id = %s",
        claim.pk,
    )


@pytest.mark.parametrize("make", [factories.in_review, factories.approved])
def test_submission_under_review_is_fixed(make):
    claim = make()
    other = factories.user("researcher")
    refused(
        "claim_submission_is_fixed", "UPDATE claims_claim SET submitted_by_id = %s WHERE id = %s", other.pk, claim.pk
    )


def test_dropping_a_public_claim_is_refused():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    refused("claim_dropped_unpublished", "UPDATE claims_claim SET workflow_status = 'dropped' WHERE id = %s", claim.pk)


# Reviews

REVIEW = """INSERT INTO claims_review (claim_id, content_hash, decision, comment, reviewer_id)
            VALUES (%s, %s, 'approved', '', %s)"""


def test_approving_ones_own_assessment_is_refused():
    claim = factories.researched()
    workflow.submit(claim, by=factories.user("researcher"), kind="verdict")
    author = claim.assessment.author_id
    refused("review_approver_is_not_author", REVIEW, claim.pk, claim.submitted_hash, author)


def test_approving_what_one_submitted_is_refused():
    claim = factories.researched()
    submitter = factories.user("researcher")
    workflow.submit(claim, by=submitter, kind="verdict")
    refused("review_approver_is_not_submitter", REVIEW, claim.pk, claim.submitted_hash, submitter.pk)


def test_approving_other_content_is_refused():
    claim = factories.in_review()
    refused("review_of_submitted_content", REVIEW, claim.pk, "0" * 64, factories.user("reviewer").pk)


@pytest.mark.parametrize("status", ["new", "researching", "approved", "published", "dropped"])
def test_approving_a_claim_not_in_review_is_refused(status):
    claim = factories.at_status(status)
    hash_ = claim.submitted_hash or "0" * 64
    refused("review_of_claim_in_review", REVIEW, claim.pk, hash_, factories.user("reviewer").pk)


def test_rules_cannot_be_fooled_by_temporary_tables():
    claim = factories.in_review()
    sql("CREATE TEMP TABLE claims_review AS SELECT * FROM public.claims_review")
    sql("CREATE TEMP TABLE claims_claim AS SELECT * FROM public.claims_claim")
    sql("UPDATE pg_temp.claims_claim SET workflow_status = 'approved'")
    update = "UPDATE public.claims_claim SET workflow_status = 'approved' WHERE id = %s"
    refused("claim_approved_by_review", update, claim.pk)
