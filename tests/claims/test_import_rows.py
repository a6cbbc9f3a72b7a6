"""One row of an import: the claim that it describes, or what is wrong with it."""

import pytest

from claims import importing
from tests.claims import imports
from tests.claims.imports import TEXT, fault, planned, row, table

annotator = pytest.fixture(imports.an_annotator)
article = pytest.fixture(imports.an_article)


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


def test_words_with_other_marks_and_white_space_are_found_and_taken_from_the_article(annotator, article):
    plan = planned(table(row(quote='"It  rained for\n40 days,"')), article, annotator)
    assert plan.recorded[0].found_loosely
    (claim,) = importing.carry_out(plan, by=annotator)
    assert claim.quote == "“It rained for 40 days,”"
