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

import django

RARE, COMMON = "archaeopteryx", "population"
# Of a hundred claims, so many each: most of what a newsroom has is done with.
STATUSES = {"new": 4, "researching": 4, "in_review": 1, "approved": 1, "published": 82, "dropped": 8}
PEOPLE, OUTLETS, TOPICS, CLAIMS_AN_ARTICLE = 10, 40, 60, 25


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


def copy(rows: Iterable[object]) -> None:
    """Write objects of one model as they are, keys and all."""
    from django.db import connection

    rows = iter(rows)
    first = next(rows)
    fields = [field for field in first._meta.concrete_fields if not field.has_db_default() and not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {first._meta.db_table} ({names}) FROM STDIN") as sink:
        for row in chain([first], rows):
            sink.write_row([getattr(row, field.attname) for field in fields])


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
        self.quotes = [self.words(14).capitalize() + "." for _ in range(number)]

    def words(self, number: int) -> str:
        return " ".join(self.chance.choices(self.vocabulary, k=number))

    def rows(self) -> Iterator[Iterable[object]]:
        """The rows of one table after another."""
        from claims.models import Claim, Rating, Speaker, Topic
        from sources.models import Publisher

        speakers = self.number // 40
        yield (Publisher(pk=key, name=f"{self.words(2)} {key}") for key in range(1, OUTLETS + 1))
        yield (Speaker(pk=key, name=f"{self.words(2)} {key}", kind="person") for key in range(1, speakers + 1))
        yield (Topic(pk=key, slug=f"topic-{key}", name=f"Topic {key}") for key in range(1, TOPICS + 1))
        yield (Rating(pk=key, slug=f"rating-{key}", name=f"Rating {key}", value=key) for key in range(1, 6))
        yield self.articles()
        yield (self.claim(key, speakers) for key in range(1, self.number + 1))
        yield self.assessments()
        given = ((claim, 1 + (claim + step) % TOPICS) for claim in range(1, self.number + 1) for step in (0, 7))
        through = Claim.topics.through
        yield (through(pk=key, claim_id=claim, topic_id=topic) for key, (claim, topic) in enumerate(given, start=1))

    def articles(self) -> Iterator[object]:
        from claims.models import Article

        for first in range(0, self.number, CLAIMS_AN_ARTICLE):
            key = first // CLAIMS_AN_ARTICLE + 1
            yield Article(
                pk=key,
                title=f"{self.words(8)} {key}",
                outlet_id=1 + key % OUTLETS,
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
        is_done = status in ("published", "dropped")
        return Claim(
            pk=key,
            article_id=article + 1,
            quote=quote,
            quote_start=start,
            quote_end=start + len(quote),
            form="paraphrase",
            wording=self.words(16) + (f" {RARE}" if key % (self.number // 3) == 7 else ""),
            speaker_id=self.chance.randint(1, speakers),
            stated_on=date(2022, 1, 1) + timedelta(days=key % 1000),
            workflow_status=status,
            assignee_id=self.chance.choice(self.people),
            due_on=None if is_done or key % 3 else date.today() + timedelta(days=key % 60 - 10),  # noqa: DTZ011
            submitted_by_id=None if status == "new" else self.chance.choice(self.people),
            submitted_at=None if status == "new" else "2026-11-01T00:00Z",
            submitted_hash="" if status == "new" else "0" * 64,
            anchor="changed" if not is_done and key % 101 == 0 else "exact",
            created_by_id=self.people[0],
        )

    def assessments(self) -> Iterator[object]:
        from claims.models import Assessment

        for key, status in enumerate(self.statuses, start=1):
            if status != "new":
                rating, author = self.chance.randint(1, 5), self.chance.choice(self.people)
                yield Assessment(pk=key, claim_id=key, rating_id=rating, summary=self.words(18), author_id=author)


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
