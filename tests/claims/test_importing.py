"""Claims from a table: what it would do, and then all of it or nothing."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction

from claims import importing, merging
from claims.models import Claim, Speaker, Topic
from claims.refusals import Refused
from sources.tables import Unreadable
from tests.claims import factories

TEXT = "“It rained for 40 days,” the mayor said. The mayor said that it rained. It rained."


@pytest.fixture
def annotator(db):
    return factories.user("annotator")


@pytest.fixture
def article(db):
    return factories.article(TEXT, url="https://www.example.org/rain/")


def table(*rows, **first):
    """A file's text, of the columns that any row has a cell for."""
    rows = rows or (first,)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def row(**cells):
    return {"quote": "It rained for 40 days", "claim": "It rained for 40 days in May."} | cells


def planned(text, article, by):
    return importing.plan(text, article, by=by)


def faults(plan):
    return [(fault.column, fault.message) for entry in plan.entries for fault in entry.faults]


def fault(chosen, by, **cells):
    """The one fault of a table of one row: its column and what is said."""
    ((column, message),) = faults(planned(table(row(**cells)), chosen, by))
    return column, message


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


def test_what_is_left_empty_is_guessed_or_left_empty(annotator, article):
    text = table(row(), row(quote="The mayor said that it rained", claim="It rained.", speaker_unknown="yes"))
    first, second = importing.carry_out(planned(text, article, annotator), by=annotator)
    assert (first.form, second.form) == ("direct_quote", "paraphrase")
    assert (first.checkability, first.speaker, first.speaker_unknown) == ("checkable", None, False)
    assert (first.stated_on, first.stated_on_precision) == (None, "")
    assert second.speaker_unknown


def test_wording_is_another_name_of_the_column(annotator, article):
    plan = planned("Wording,QUOTE\nIt rained.,It rained for 40 days\n", article, annotator)
    assert plan.recorded[0].claim.wording == "It rained."


@pytest.mark.parametrize("name", ["https://example.org/rain", "http://www.EXAMPLE.org/rain/#top", "number"])
def test_a_row_can_name_its_article_by_address_or_number(annotator, article, name):
    name = str(article.pk) if name == "number" else name
    factories.article("Nothing of the kind.")
    plan = planned(table(row(article=name)), None, annotator)
    assert plan.recorded[0].claim.article == article


def test_a_row_s_article_goes_before_the_chosen_one(annotator, article):
    other = factories.article("It rained for 40 days.")
    plan = planned(table(row(article=str(other.pk)), row(article="")), article, annotator)
    assert [one.claim.article for one in plan.recorded] == [other, article]


def test_an_article_that_cannot_be_told_is_a_fault(annotator, article):
    assert fault(None, annotator, article="")[0] == "article"
    assert "bring it in first" in fault(None, annotator, article="https://example.org/other")[1]
    assert "bring it in first" in fault(None, annotator, article="99999999999999999")[1]
    twin = factories.article("Another text.", url="http://example.org/rain")
    column, message = fault(None, annotator, article="https://example.org/rain/")
    assert (column, message) == (
        "article",
        f"Several articles have this address. Write one’s number: {article.pk}, {twin.pk}.",
    )


def test_a_quote_of_several_places_asks_for_its_occurrence(annotator, article):
    column, message = fault(article, annotator, quote="rained")
    assert column == "occurrence"
    assert "says this 3 times" in message
    assert "1: “…“It […] for 40 days,” the mayor said." in message
    plan = planned(table(row(quote="rained", occurrence="2")), article, annotator)
    assert plan.recorded[0].claim.quote_start == TEXT.index("rained", 20)


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"quote": "It snowed"}, "quote", "does not say this"),
        ({"quote": ""}, "quote", "Copy the article’s words"),
        ({"quote": "rained", "occurrence": "4"}, "occurrence", "only 3 times"),
        ({"occurrence": "2"}, "occurrence", "only once"),
        ({"occurrence": "first"}, "occurrence", "Write a number"),
        ({"occurrence": "0"}, "occurrence", "Write a number"),
        ({"occurrence": "-1"}, "occurrence", "Write a number"),
        ({"occurrence": "²"}, "occurrence", "Write a number"),
        ({"claim": ""}, "claim", "Write what is claimed"),
        ({"claim": "a" * 1001}, "claim", "At most 1000 characters; these are 1001"),
        ({"form": "quoted"}, "form", "“quoted” is none of: direct quote, paraphrase, narration."),
        ({"checkability": "maybe"}, "checkability", "“maybe” is none of: checkable, opinion"),
        ({"stated_on": "12/07/2022"}, "stated_on", "“12/07/2022” is not a date: write 2022-07-12"),
        ({"stated_on": "2022-02-30"}, "stated_on", "is not a date"),
        ({"speaker_unknown": "perhaps"}, "speaker_unknown", "Write “yes”"),
        ({"speaker_unknown": "yes", "speaker": "A"}, "speaker_unknown", "not both"),
        ({"speaker": "n" * 301}, "speaker", "at most 300 characters"),
        ({"topics": "t" * 101}, "topics", "at most 100 characters"),
        ({"speaker": "#99"}, "speaker", "No speaker has this number"),
        ({"position": "p" * 301}, "position", "at most 300 characters"),
        ({"occasion": "o" * 301}, "occasion", "at most 300 characters"),
        ({"stated_on_note": "n" * 501}, "stated_on_note", "at most 500 characters"),
    ],
)
def test_a_fault_is_told_with_its_column(annotator, article, cells, column, words):
    found = fault(article, annotator, **cells)
    assert found[0] == column
    assert words in found[1]


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


def test_words_with_other_marks_and_white_space_are_found_and_taken_from_the_article(annotator, article):
    plan = planned(table(row(quote='"It  rained for\n40 days,"')), article, annotator)
    assert plan.recorded[0].found_loosely
    (claim,) = importing.carry_out(plan, by=annotator)
    assert claim.quote == "“It rained for 40 days,”"


def test_speakers_of_one_name_are_told_apart_by_number(annotator, article):
    first, second = factories.speaker("Lee"), factories.speaker("lee")
    assert fault(article, annotator, speaker="Lee") == (
        "speaker",
        f"Several speakers have this name. Write which one: #{first.pk}, #{second.pk}.",
    )
    plan = planned(table(row(speaker=f"#{second.pk}")), article, annotator)
    assert plan.recorded[0].speakers["speaker"] == second


def test_the_name_of_a_merged_speaker_is_the_other_s(annotator, article):
    old, kept = factories.speaker("J. Smith"), factories.speaker("Jane Smith")
    merging.merge(old, kept, by=factories.user("publisher"))
    plan = planned(table(row(speaker="J. SMITH")), article, annotator)
    assert (plan.recorded[0].speakers["speaker"], plan.new_speakers) == (kept, [])


def test_topics_are_found_by_name_and_slug(annotator, article):
    topic = factories.topic("Public Health")
    plan = planned(table(row(topics="public health; public-health")), article, annotator)
    assert (plan.recorded[0].topics, plan.new_topics) == ([topic], [])


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


def test_new_names_need_the_permission_to_add_them(db, article):
    importer = factories.user()
    importer.user_permissions.set(Permission.objects.filter(codename="import_claim"))
    plan = planned(table(row(speaker="New", topics="New")), article, importer)
    assert [column for column, message in faults(plan) if "does not allow you to add one" in message] == [
        "speaker",
        "topics",
    ]


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
