import re

import pytest
from django.urls import reverse

from claims import correcting
from tests.claims import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(client):
    rosa = factories.user("researcher", first_name="Rosa", last_name="Searle")
    client.force_login(factories.user("reviewer"))
    made = factories.article("It rained on <b>Monday</b>.", title="<script>alert(1)</script>", by=rosa)
    correcting.correct_text(made, "It poured on <b>Monday</b>.", by=rosa)
    return made


def address(article):
    return reverse("admin:claims_article_history", args=[article.pk])


def test_history_of_an_article_marks_what_was_corrected(client, article):
    text = client.get(address(article)).text
    assert '<bdi class="who">Rosa Searle</bdi> brought the article in' in text
    assert "</bdi> corrected the text:" in text
    assert re.search(r"<del>.*removed:.*rained", text)
    assert re.search(r"<ins>.*added:.*poured", text)


def test_old_text_is_read_whole(client, article):
    first, second = re.findall(r'href="(\?text=\d+)"', client.get(address(article)).text)
    old, new = client.get(address(article) + first), client.get(address(article) + second)
    assert "It rained on &lt;b&gt;Monday&lt;/b&gt;.\n</div>" in old.text
    assert "It was corrected again:" in old.text
    assert "<ins>" not in old.text
    assert "This is the text as it is now." in new.text
    assert "What came and what went are marked." in new.text


def test_hostile_words_are_inert_in_the_history(client, article):
    pages = [client.get(address(article))]
    pages += [client.get(address(article) + link) for link in re.findall(r'href="(\?text=\d+)"', pages[0].text)]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<b>Monday" not in page.text


@pytest.mark.parametrize("text", ["0", "x", "9" * 30])
def test_text_that_the_article_never_had_is_not_found(client, article, text):
    assert client.get(address(article), {"text": text}).status_code == 404


@pytest.mark.parametrize("key", ["999999", "nonsense"])
def test_history_of_an_article_that_is_not_there_is_not_found(client, article, key):
    assert client.get(reverse("admin:claims_article_history", args=[key])).status_code == 404
