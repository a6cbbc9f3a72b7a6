"""Speakers, articles and topics whose names have what somebody searched for: their pages may be what is wanted."""

from typing import NamedTuple

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from claims.models.article import Article
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.presentation import addresses
from claims.terms import TERM

EACH = 3
LOOKED_AT = 200


class Named(NamedTuple):
    kind: str
    name: str
    url: str


def named(words: str) -> list[Named]:
    """A few of each, by one query; none for words that are only not to be there."""
    if all(without for without, _word in TERM.findall(words)):
        return []
    parts = [
        _part("speaker", Speaker.objects, key="pk", name="name", words=words),
        _part("topic", Topic.objects, key="slug", name="name", words=words),
        _part("article", Article.objects, key="pk", name="title", words=words),
    ]
    return [_named(*row) for row in parts[0].union(*parts[1:], all=True)]


def _part(kind: str, rows: QuerySet, *, key: str, name: str, words: str) -> QuerySet:
    columns = {"sort": Value(kind), "key": Cast(key, CharField()), "word": F(name)}
    # Words that are in very many names lead nowhere: not all are sorted, or asked whether they are public.
    some = rows.named(words).order_by().values("pk")[:LOOKED_AT]
    found = rows.public().filter(pk__in=some).order_by(name, "pk")
    return found.annotate(**columns).values_list(*columns)[:EACH]


def _named(kind: str, key: str, name: str) -> Named:
    if kind == "topic":
        return Named(_("Topic"), name, addresses.topic(key))
    if kind == "speaker":
        return Named(_("Speaker"), name, Speaker(pk=key, name=name).get_absolute_url())
    return Named(_("Article"), name, Article(pk=key, title=name).get_absolute_url())
