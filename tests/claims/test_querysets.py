import pytest
from django.db import connection

from claims.models import Article
from tests.claims import factories

pytestmark = pytest.mark.django_db


def test_twin_search_looks_at_no_other_article():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Article.objects.same_as("https://example.org/rain", "It rained.").order_by().explain()
    assert "Index Scan on article_by_address" in plan
    assert "Index Scan on article_by_text" in plan
    assert "Seq Scan" not in plan


def test_twins_have_one_address_or_one_text():
    at = factories.article("It rained.", url="http://www.Example.org/rain/?utm_source=x#top")
    same = factories.article("It poured.", url="")
    factories.article("It snowed.", url="")
    assert set(Article.objects.same_as("https://example.org/rain", "It poured.")) == {at, same}
    assert list(Article.objects.same_as("", "")) == []


def test_article_may_have_the_longest_address_in_any_script():
    article = factories.article(url="https://example.org/" + "ក" * 1980)
    assert Article.objects.same_as(article.url + "#top", "Other words.").get() == article
