"""What the rows of an import name: articles, speakers and topics that are there, or that it would make."""

import re
from collections import defaultdict
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from claims.models import Article, Claim, Speaker, Topic
from sources.tables import Table
from sources.text import normalise_line

# Which of several speakers of one name is meant: “#12”.
BY_NUMBER = re.compile(r"#([0-9]{1,18})")

Named = TypeVar("Named", Speaker, Topic)


class Unknown(Exception):
    """Something named in a cell that cannot be taken for any one thing; ``str()`` says why."""


class Known:
    """All that is there and that a table names, looked up once. A new name is one new thing, however many rows have it.

    ``claims`` are those that are there, by article, span and wording; ``rows`` those of the rows read so far.
    """

    def __init__(self, table: Table, article: Article | None, *, by: User) -> None:
        cells = [line.cells for line in table.lines]
        self.by, self.chosen = by, article
        self._articles = _articles({row.get("article", "") for row in cells})
        self._speakers = _speakers({row.get(role, "") for row in cells for role in ("speaker", "relays")})
        self._topics = _topics({name for row in cells for name in topic_names(row)})
        articles = {one for found in self._articles.values() for one in found} | ({article} if article else set())
        spans = Claim.objects.filter(article__in=articles)
        self.claims = set(spans.values_list("article", "quote_start", "quote_end", "wording"))
        self.rows: dict[tuple[int, int, int, str], int] = {}

    def article(self, name: str) -> Article:
        """By address or number; the one chosen for the file where a cell is empty."""
        if not name and self.chosen:
            return self.chosen
        found = self._articles[name]
        if not name:
            raise Unknown(_("Choose an article for the whole file, or write the address of this row’s here."))
        if not found:
            raise Unknown(_("No article on the desk has this address or number: bring it in first."))
        if len(found) > 1:
            numbers = ", ".join(str(one.pk) for one in found)
            raise Unknown(_("Several articles have this address. Write one’s number: %s.") % numbers)
        return found[0]

    def speaker(self, name: str) -> Speaker:
        """By name, whatever its capitals, or by number (“#12”); one that was merged is the one it was merged into."""
        found = self._speakers[_fold(name)]
        if len(found) > 1:
            numbers = ", ".join(f"#{one.pk}" for one in found)
            raise Unknown(_("Several speakers have this name. Write which one: %s.") % numbers)
        if not found and BY_NUMBER.fullmatch(name):
            raise Unknown(_("No speaker has this number."))
        if not found:
            found.append(self._new(Speaker(name=normalise_line(name))))
        return found[0]

    def topic(self, name: str) -> Topic:
        """By name or slug, whatever its capitals."""
        if _fold(name) not in self._topics:
            self._topics[_fold(name)] = self._new(Topic(name=normalise_line(name)))
        return self._topics[_fold(name)]

    def _new(self, thing: Named) -> Named:
        """A thing to be made, if ``by`` may make it and its name will do."""
        noun = thing._meta.verbose_name
        if not self.by.has_perm(f"claims.add_{thing._meta.model_name}"):
            raise Unknown(_("No %(noun)s has this name, and your role does not allow you to add one.") % {"noun": noun})
        try:
            thing.clean_fields(exclude={"slug", "merged_into"})
        except ValidationError as error:
            raise Unknown(" ".join(error.messages)) from None
        return thing


def topic_names(cells: dict[str, str]) -> list[str]:
    return [name.strip() for name in cells.get("topics", "").split(";") if name.strip()]


def _fold(name: str) -> str:
    return normalise_line(name).lower()


def _articles(names: set[str]) -> dict[str, list[Article]]:
    """Articles by what the cells call them: a number, or an address however it is spelt."""
    found: dict[str, list[Article]] = defaultdict(list)
    numbers = {int(name): name for name in names if name.isascii() and name.isdigit() and len(name) < 19}
    for article in Article.objects.filter(pk__in=numbers):
        found[numbers[article.pk]].append(article)
    addresses = sorted(names - {"", *numbers.values()})
    if addresses:
        wanted = dict(zip(addresses, _keys(addresses), strict=True))
        there: dict[str, list[Article]] = defaultdict(list)
        matching = Article.objects.exclude(url_key="").filter(url_key__in=wanted.values())
        for article in matching.order_by("pk"):
            there[article.url_key].append(article)
        found |= {name: there[key] for name, key in wanted.items() if key in there}
    return found


def _keys(addresses: list[str]) -> list[str]:
    """What all spellings of each address have in common."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sources_address_key(address) FROM unnest(%s::text[]) WITH ORDINALITY AS given (address, place)"
            " ORDER BY place",
            [addresses],
        )
        return [key for (key,) in cursor.fetchall()]


def _speakers(names: set[str]) -> dict[str, list[Speaker]]:
    """Current speakers by folded name or number, those that were merged giving the ones they were merged into."""
    found: dict[str, list[Speaker]] = defaultdict(list)
    numbers = [int(match[1]) for match in map(BY_NUMBER.fullmatch, names) if match]
    asked = Q(folded__in={_fold(name) for name in names}) | Q(pk__in=numbers)
    matching = Speaker.objects.annotate(folded=Lower("name")).filter(asked).select_related("merged_into")
    for speaker in matching.order_by("pk"):
        lasting = speaker.merged_into or speaker
        for key in (_fold(speaker.name), f"#{speaker.pk}"):
            if lasting not in found[key]:
                found[key].append(lasting)
    return found


def _topics(names: set[str]) -> dict[str, Topic]:
    folded = {_fold(name) for name in names}
    matching = Topic.objects.annotate(folded=Lower("name")).filter(Q(folded__in=folded) | Q(slug__in=folded))
    found: dict[str, Topic] = {topic.slug: topic for topic in matching}
    return found | {_fold(topic.name): topic for topic in matching}
