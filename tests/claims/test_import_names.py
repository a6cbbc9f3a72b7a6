"""What the rows of an import name: articles, speakers and topics."""

import pytest
from django.contrib.auth.models import Permission

from claims import merging
from tests.claims import factories, imports
from tests.claims.imports import fault, faults, planned, row, table

annotator = pytest.fixture(imports.an_annotator)
article = pytest.fixture(imports.an_article)


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


def test_new_names_need_the_permission_to_add_them(db, article):
    importer = factories.user()
    importer.user_permissions.set(Permission.objects.filter(codename="import_claim"))
    plan = planned(table(row(speaker="New", topics="New")), article, importer)
    assert [column for column, message in faults(plan) if "does not allow you to add one" in message] == [
        "speaker",
        "topics",
    ]
