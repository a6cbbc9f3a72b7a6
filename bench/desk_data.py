"""A newsroom's desk with so many claims: `python -m bench.desk_data 2000`, in the database that DATABASE_URL names.

Prints the key of a session of somebody who has every role. Rows are copied in, without the triggers that write the
history: no list reads that.
"""

import random
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import Any

import django

from bench.rows import copy

RARE, COMMON = "archaeopteryx", "population"
# Of a hundred claims, so many each: most of what a newsroom has is done with.
STATUSES = {"new": 4, "researching": 6, "in_review": 4, "approved": 3, "published": 75, "dropped": 8}
PEOPLE, OUTLETS, TOPICS, RATINGS, CLAIMS_AN_ARTICLE = 4, 40, 60, 5, 25


def main(number: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    call_command("migrate", verbosity=0)
    key = sign_in()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for rows in Desk(number).rows():
            copy(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    print(key)


def sign_in() -> str:
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from claims import roles

    roles.set_up()
    people = [User.objects.create_user(f"person-{number}", is_staff=True) for number in range(PEOPLE)]
    for person in people:
        person.groups.set(Group.objects.filter(name__in=roles.ROLES))
    client = Client()
    client.force_login(people[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Desk:
    """The same rows at every run; the words are those of the seeds' article, and what grows with it grows."""

    def __init__(self, number: int) -> None:
        from django.conf import settings
        from django.contrib.auth.models import User

        self.number = number
        self.chance = random.Random(7)  # noqa: S311
        self.vocabulary = re.findall(r"[\w’'-]+", (settings.BASE_DIR / "seeds" / "article.txt").read_text())
        self.people = list(User.objects.order_by("pk").values_list("pk", flat=True))
        self.statuses = self.chance.choices(list(STATUSES), weights=list(STATUSES.values()), k=number)
        self.keys = range(1, number + 1)
        self.quotes = [self.words(14).capitalize() + "." for _ in range(number)]

    def words(self, number: int) -> str:
        return " ".join(self.chance.choices(self.vocabulary, k=number))

    def rows(self) -> Iterator[Iterable[object]]:
        """The rows of one table after another."""
        from claims.models import Claim, Rating, Speaker, Topic
        from sources.models import Publisher

        speakers = self.number // 40
        yield (Publisher(pk=key, name=name) for key, name in numbered(self.names(OUTLETS), RARE))
        yield (Speaker(pk=key, name=name, kind="person") for key, name in numbered(self.names(speakers), RARE))
        topics = (f"topic-{key}" for key in range(1, TOPICS + 1))
        yield (Topic(pk=key, slug=slug, name=slug) for key, slug in numbered(topics, RARE))
        ratings = (f"rating-{key}" for key in range(1, RATINGS + 1))
        yield (Rating(pk=key, slug=slug, name=slug, value=key) for key, slug in numbered(ratings, RARE))
        yield self.articles()
        yield (self.claim(key, speakers) for key in self.keys)
        yield self.assessments()
        yield self.reviews()
        through = Claim.topics.through
        yield (through(pk=key, claim_id=claim, topic_id=topic) for key, (claim, topic) in numbered(self.given()))

    def names(self, number: int) -> Iterator[str]:
        return (f"{self.words(2)} {key}" for key in range(1, number + 1))

    def is_rare(self, key: int) -> bool:
        """Whether a claim is one of the three that are unlike all others, in whatever it can be asked for by."""
        return key % (self.number // 3) == 7

    def given(self) -> Iterator[tuple[int, int]]:
        for key in self.keys:
            yield from ((key, 1 + (key + step) % TOPICS) for step in (0, 7))
            if self.is_rare(key):
                yield key, TOPICS + 1

    def articles(self) -> Iterator[object]:
        from claims.models import Article

        for first in range(0, self.number, CLAIMS_AN_ARTICLE):
            key = first // CLAIMS_AN_ARTICLE + 1
            yield Article(
                pk=key,
                title=f"{self.words(8)} {key}",
                outlet_id=OUTLETS + 1 if key == 1 else 1 + key % OUTLETS,
                url=f"https://example.org/articles/{key}",
                published_on_precision="",
                text=" ".join(self.quotes[first : first + CLAIMS_AN_ARTICLE]),
                created_by_id=self.people[0],
            )

    def claim(self, key: int, speakers: int) -> object:
        from claims.models import Claim

        article, place = divmod(key - 1, CLAIMS_AN_ARTICLE)
        before = self.quotes[article * CLAIMS_AN_ARTICLE : key - 1]
        quote, status = self.quotes[key - 1], self.statuses[key - 1]
        start = sum(map(len, before)) + place
        is_done, is_rare = status in ("published", "dropped"), self.is_rare(key)
        return Claim(
            pk=key,
            article_id=article + 1,
            quote=quote,
            quote_start=start,
            quote_end=start + len(quote),
            form="paraphrase",
            wording=self.words(16) + (f" {RARE}" if is_rare else ""),
            speaker_id=speakers + 1 if is_rare else self.chance.randint(1, speakers),
            relays_id=None if key % 20 else self.chance.randint(1, speakers),
            stated_on=date(1999, 7, 12) if is_rare else date(2022, 1, 1) + timedelta(days=key % 1000),
            stated_on_precision="day",
            checkability="vague" if is_rare else "checkable" if key % 25 else "opinion",
            workflow_status=status,
            assignee_id=self.chance.choice(self.people) if key % 20 else None,
            due_on=None if is_done else date.today() + timedelta(days=key % 20 - 10),  # noqa: DTZ011
            submitted_by_id=None if status == "new" else self.chance.choice(self.people),
            submitted_at=None if status == "new" else "2022-11-01T00:00Z",
            submitted_hash="" if status == "new" else "0" * 64,
            anchor="moved" if is_done and key % 25 == 0 else "exact" if is_done or key % 3 else "changed",
            created_by_id=self.people[0],
        )

    def assessments(self) -> Iterator[object]:
        from claims.models import Assessment

        for key, status in enumerate(self.statuses, start=1):
            if status != "new" or self.is_rare(key):
                rating = RATINGS + 1 if self.is_rare(key) else self.chance.randint(1, RATINGS)
                author = self.chance.choice(self.people)
                yield Assessment(pk=key, claim_id=key, rating_id=rating, summary=self.words(18), author_id=author)

    def reviews(self) -> Iterator[object]:
        """What is being researched was sent back."""
        from claims.models import Review

        for key, status in enumerate(self.statuses, start=1):
            if status == "researching":
                said = {"decision": "changes_requested", "content_hash": "0" * 64, "comment": self.words(10)}
                yield Review(pk=key, claim_id=key, reviewer_id=self.people[-1], **said)


def numbered(rows: Iterable[Any], *more: Any) -> Iterator[tuple[int, Any]]:
    return enumerate(chain(rows, more), start=1)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
