import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import article_story, changes, correcting
from claims.models import Article
from tests.claims import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return factories.user("researcher", first_name="Rosa", last_name="Searle")


def told(article):
    return [
        (entry.who, happening.text, "".join(run.text for run in happening.runs if run.what != "same").strip())
        for entry in article_story.tell(article)
        for happening in entry.happenings
    ]


def renamed(article, by):
    with pghistory.context(user=by.pk):
        Article.objects.filter(pk=article.pk).update(title="Rain", outlet=factories.publisher("The Mercury"))


def test_article_is_told_of_from_its_first_text_to_its_last(rosa):
    rita = factories.user("researcher", first_name="Rita", last_name="Moss")
    article = factories.article("It rained on Monday.", title="Sun", by=rosa)
    renamed(article, rita)
    correcting.correct_text(article, "It rained on Tuesday.", by=rosa)
    assert told(article) == [
        ("Rosa Searle", "brought the article in", ""),
        ("Rita Moss", "changed the title", "SunRain"),
        ("Rita Moss", "changed the outlet", "Daily PlanetMercury"),
        ("Rosa Searle", "corrected the text", "Monday.Tuesday."),
    ]


def test_each_text_is_read_whole_with_who_brought_it_and_until_when(rosa):
    article = factories.article("It rained.\n\nIt snowed.", by=rosa)
    correcting.correct_text(article, "It rained.\n\nIt poured.", by=rosa)
    first, second = (
        article_story.text(article, happening.text_of)
        for entry in article_story.tell(article)
        for happening in entry.happenings
    )
    assert [tuple(run) for run in first.runs] == [("same", "It rained.\n\nIt snowed.")]
    assert ("deleted", "snowed.") in second.runs
    assert ("inserted", "poured.") in second.runs
    assert (first.who, first.until, second.until) == ("Rosa Searle", second.since, None)


def test_what_came_with_no_text_is_no_text_to_read(rosa):
    article, other = factories.article(by=rosa), factories.article(by=rosa)
    renamed(article, rosa)
    copies = changes.events("Article", article.pk).order_by("pgh_id").values_list("pgh_id", flat=True)
    assert article_story.text(article, copies[0]) is not None
    assert article_story.text(article, copies[1]) is None
    assert article_story.text(other, copies[0]) is None


def test_long_texts_are_compared_only_where_one_is_read(rosa, monkeypatch):
    monkeypatch.setattr(article_story, "LONG", 10)
    article = factories.article("It rained on Monday.", by=rosa)
    correcting.correct_text(article, "It rained on Tuesday.", by=rosa)
    (entry,) = article_story.tell(article)
    assert [happening.runs for happening in entry.happenings] == [[], []]
    assert len(article_story.text(article, entry.happenings[1].text_of).runs) > 1


def test_story_costs_the_same_however_long(rosa):
    article, costs = factories.article("It rained.", by=rosa), []
    for days in range(1, 7):
        correcting.correct_text(article, f"It rained {days} days.", by=rosa)
        with CaptureQueriesContext(connection) as asked:
            article_story.tell(article)
        costs.append(len(asked))
    assert costs == [costs[0]] * 6


def test_article_without_a_history_has_no_story(rosa):
    assert article_story.tell(Article(pk=0)) == []
