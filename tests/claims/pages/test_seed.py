"""The seed, as a newcomer sees it first."""

import pytest
import yaml
from django.conf import settings
from django.test import Client

from claims.models import Article
from tests import demo
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


def test_the_seed_article_marks_its_statements_at_exactly_the_seed_s_offsets(client: Client) -> None:
    demo.load()
    seed = yaml.safe_load((settings.BASE_DIR / "seeds" / "statements.yaml").read_text())
    shown = parse(client.get(Article.objects.get().get_absolute_url()))
    marks = [(int(mark["data-start"]), int(mark["data-end"]), mark.text) for mark in shown.all("mark")]
    assert marks == [(statement["start"], statement["end"], statement["quote"].strip()) for statement in seed]
    assert len(marks) == len(shown.one("section", class_="statements").one("ol").all("li")) == 29
    for link in shown.one("section", class_="statements").all("p", class_="statement-claim"):
        assert client.get(link.one("a")["href"]).status_code == 200
