"""Claims from a table: what it would do, and then all of it or nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from claims import importing
from claims.models import Claim, Speaker, Topic
from claims.refusals import Refused
from sources.tables import Unreadable
from tests.claims import factories, imports
from tests.claims.imports import TEXT, faults, planned, row, table

annotator = pytest.fixture(imports.an_annotator)
article = pytest.fixture(imports.an_article)


def test_a_row_becomes_a_claim_with_all_that_it_says(annotator, article):
    mayor = factories.speaker("The Mayor")
    text = table(
        row(
            form="Direct quote",
            speaker="the mayor",
            position="mayor since 2020",
            relays="Weather Office",
            stated_on="2022-07",
            stated_on_note="the month of the article",
            occasion="a speech",
            checkability="prediction",
            topics="Weather; Floods;weather",
        )
    )
    (claim,) = importing.carry_out(planned(text, article, annotator), by=annotator)
    claim.refresh_from_db()
    assert (claim.quote, claim.quote_start, claim.wording) == (
        "It rained for 40 days",
        1,
        "It rained for 40 days in May.",
    )
    assert (claim.speaker, claim.relays.name, claim.position) == (mayor, "Weather Office", "mayor since 2020")
    assert (claim.stated, claim.stated_on_note, claim.occasion) == ("2022-07", "the month of the article", "a speech")
    assert (claim.form, claim.checkability) == ("direct_quote", "prediction")
    assert sorted(topic.name for topic in claim.topics.all()) == ["Floods", "Weather"]
    assert (claim.created_by, claim.workflow_status, claim.quote_suffix[:2]) == (annotator, "new", ",”")


def test_a_plan_tells_what_it_would_make_and_changes_nothing(annotator, article):
    factories.speaker("The Mayor")
    text = table(
        row(speaker="The Mayor", topics="Floods"),
        row(claim="Another.", speaker="A. Forester", relays="a. forester", topics="floods;Rain"),
    )
    plan = planned(text, article, annotator)
    assert plan.is_sound
    assert [one.name for one in plan.new_speakers] == ["A. Forester"]
    assert [one.name for one in plan.new_topics] == ["Floods", "Rain"]
    assert [(one.number, one.new_names) for one in plan.recorded] == [
        (2, ["Floods"]),
        (3, ["A. Forester", "Floods", "Rain"]),
    ]
    assert (Claim.objects.count(), Speaker.objects.count(), Topic.objects.count()) == (0, 1, 0)
    importing.carry_out(plan, by=annotator)
    assert (Claim.objects.count(), Speaker.objects.count(), Topic.objects.count()) == (2, 2, 2)


def test_all_faults_are_told_at_once(annotator, article):
    text = table(row(quote="It snowed", stated_on="July", claim="", form="x"), row(), row(occurrence="7"))
    plan = planned(text, article, annotator)
    assert [(entry.number, [fault.column for fault in entry.faults]) for entry in plan.faulty] == [
        (2, ["quote", "form", "stated_on", "claim"]),
        (4, ["occurrence"]),
    ]
    with pytest.raises(Refused):
        importing.carry_out(plan, by=annotator)
    assert not Claim.objects.exists()


def test_a_claim_that_is_there_already_is_kept_as_it_is(annotator, article):
    importing.carry_out(planned(table(row()), article, annotator), by=annotator)
    plan = planned(table(row(position="changed"), row(claim="More.")), article, annotator)
    assert ([one.number for one in plan.kept], [one.number for one in plan.recorded]) == ([2], [3])
    importing.carry_out(plan, by=annotator)
    assert sorted(Claim.objects.values_list("wording", "position")) == [
        ("It rained for 40 days in May.", ""),
        ("More.", ""),
    ]


def test_a_row_that_repeats_another_is_a_fault(annotator, article):
    plan = planned(table(row(), row()), article, annotator)
    assert faults(plan) == [("", "This is the same claim as in row 2.")]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("quote,claim,colour\na,b,c\n", "colour", "There is no such column. There is: quote, claim, occurrence"),
        ("quote,wording,claim\na,b,c\n", "claim", "There are 2 columns of this name"),
        ("quote\na\n", "claim", "This column is missing"),
        ("", "quote", "This column is missing"),
        ("quote,claim\n", "", "There is no row"),
        ("quote,claim\n" + "a,b\n" * 1001, "", "There are 1001 rows; 1000 can be imported at once"),
    ],
)
def test_a_fault_of_the_file_is_told_before_its_rows(annotator, article, text, column, words):
    plan = planned(text, article, annotator)
    assert (plan.is_sound, plan.entries) == (False, [])
    assert any(fault.column == column and words in fault.message for fault in plan.faults)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        importing.read(b"a" * (1024 * 1024 + 1))


def test_an_article_that_says_it_no_more_keeps_all_from_being_recorded(annotator, article):
    plan = planned(table(row(topics="New"), row(claim="Second.", quote="It rained.")), article, annotator)
    article.__class__.objects.filter(pk=article.pk).update(text="Quite other words. It rained.")
    with pytest.raises(Refused, match="has changed since"):
        importing.carry_out(plan, by=annotator)
    assert (Claim.objects.count(), Topic.objects.count()) == (0, 0)


def test_a_row_that_the_database_refuses_takes_the_others_with_it(annotator, article):
    text = table(row(topics="New"), row(claim="Second.", speaker="A"))
    plan = planned(text, article, annotator)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE claims_claim ADD CONSTRAINT no_second CHECK (wording <> 'Second.')")
    with pytest.raises(IntegrityError), transaction.atomic():
        importing.carry_out(plan, by=annotator)
    assert (Claim.objects.count(), Topic.objects.count(), Speaker.objects.count()) == (0, 0, 0)


def test_what_would_be_done_otherwise_now_is_not_done(annotator, article):
    plan = planned(table(row(speaker="A. Forester")), article, annotator)
    factories.speaker("A. Forester")
    with pytest.raises(Refused) as refusal:
        importing.carry_out(plan, by=annotator)
    assert (refusal.value.rule, Claim.objects.count()) == ("import_as_shown", 0)


@pytest.mark.parametrize("role", ["", "reviewer", "publisher"])
def test_importing_is_not_for_every_role(db, article, role):
    with pytest.raises(Refused) as refusal:
        planned(table(row()), article, factories.user(*filter(None, [role])))
    assert refusal.value.rule == "claims.import_claim"


def test_history_says_that_it_was_an_import(annotator, article):
    importing.carry_out(planned(table(row(speaker="New")), article, annotator), by=annotator)
    for noun in ("claim", "speaker"):
        told = apps.get_model("claims", f"{noun}event").objects.get().pgh_context.metadata
        assert (told["user"], told["step"]) == (annotator.pk, "import")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_plan_costs_as_many_queries_however_many_rows(annotator, article, django_assert_max_num_queries, rows):
    text = table(*[row(claim=f"{n}.", speaker=f"S {n}", topics=f"T {n}", article=article.url) for n in range(rows)])
    annotator.has_perm("claims.import_claim")
    with django_assert_max_num_queries(6):
        assert planned(text, None, annotator).is_sound


def test_two_presses_of_the_button_import_once(committed):
    annotator, article = factories.user("annotator"), factories.article(TEXT)
    plan = planned(table(row(speaker="New", topics="New"), row(claim="Second.")), article, annotator)

    def carry_out(_press):
        try:
            return len(importing.carry_out(plan, by=annotator))
        except Refused as refusal:
            return refusal.rule
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(carry_out, range(4)))
    assert sorted(map(str, outcomes)) == ["2", *["import_as_shown"] * 3]
    assert (Claim.objects.count(), Speaker.objects.count(), Topic.objects.count()) == (2, 1, 1)
