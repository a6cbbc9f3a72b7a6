"""Documents for a record of very many claims: like some that were published, but for what tells claims apart."""

import random
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, Generic, TypeVar

from django.conf import settings

Json = dict[str, Any]
T = TypeVar("T")

OUTLETS, SPEAKERS, TOPICS, SOURCES, WORDS = 2_000, 20_000, 300, 100_000, 30_000
CLAIMS_AN_ARTICLE = 25
# Out of the way of the keys that the desk's few hundred have.
FIRST_KEY = 10**6
LANGUAGES = {"en": 70, "fr": 9, "de": 7, "es": 5, "km": 4, "pt-BR": 3, "ar": 2}
CHECKABILITY = {"checkable": 94, "opinion": 3, "prediction": 2, "vague": 1}
# Of a hundred statements, of how many the day, the month or the year is known, or nothing.
PRECISIONS = {10: 85, 7: 8, 4: 4, 0: 3}
DAYS_UNTIL_PUBLISHED = 60


class Zipf(Generic[T]):
    """Things of which the first is met most often: twice as often as the second, three times as often as the third."""

    def __init__(self, things: Sequence[T], chance: random.Random) -> None:
        self.things, self.chance = things, chance
        self.weights = list(accumulate(1 / rank for rank in range(1, len(things) + 1)))

    def one(self) -> T:
        return self.some(1)[0]

    def some(self, number: int) -> list[T]:
        return self.chance.choices(self.things, cum_weights=self.weights, k=number)


class Documents:
    """The same ones at every run."""

    def __init__(self, templates: list[Json]) -> None:
        self.templates = templates
        self.chance = random.Random(7)  # noqa: S311
        self.outlets, self.speakers, self.topics, self.sources = (
            Zipf(range(1, number + 1), self.chance) for number in (OUTLETS, SPEAKERS, TOPICS, SOURCES)
        )
        self.publishers = self.outlets.some(SOURCES + 1)
        self.words = Zipf(vocabulary(self.chance), self.chance)
        self.article: Json = {}

    def new(self, number: int, at: datetime) -> Json:
        """The first version of the claim with this number, published at this time."""
        if number % CLAIMS_AN_ARTICLE == 1:
            self.article = self.new_article(number)
        template = self.templates[number % len(self.templates)]
        doc = template | self.of_claim(number, at) | self.of_statement(template, at)
        # One in eight is listed, and not yet checked.
        if self.chance.randrange(8) == 0:
            doc |= {"rating": None, "summary": None, "explanation": None, "evidence": []}
            return doc | {"verification_status": "unverified"}
        evidence = [self.evidence(piece) for piece in template["evidence"]]
        return doc | {"summary": self.sentence(18), "evidence": evidence}

    def of_claim(self, number: int, at: datetime) -> Json:
        return {
            "id": number,
            "version": 1,
            "url": f"{settings.SITE_URL}/claims/{number}-it/",
            "corrections": [],
            "first_published_at": timestamp(at),
            "published_at": timestamp(at),
        }

    def of_statement(self, template: Json, at: datetime) -> Json:
        speaker = self.speakers.one()
        topics = sorted(set(self.topics.some(self.chance.randint(1, 3))))
        return {
            "claim": self.sentence(16),
            "article": self.article,
            "speaker": template["speaker"] | {"id": FIRST_KEY + speaker, "name": f"Speaker {speaker}"},
            "stated_on": self.stated(at),
            "topics": [{"slug": f"subject-{topic}", "name": f"Subject {topic}"} for topic in topics],
            "checkability": weighted(CHECKABILITY, self.chance),
        }

    def amended(self, doc: Json, at: datetime) -> tuple[Json, str, str]:
        """A version after this one, the kind of its entry, and the note."""
        kind = self.chance.choice(["update", "correction", "correction", "retraction"])
        note, version = self.sentence(12), doc["version"] + 1
        entry = {"version": version, "kind": kind, "note": note, "published_at": timestamp(at)}
        doc = doc | {"version": version, "corrections": [*doc["corrections"], entry], "published_at": timestamp(at)}
        return doc | ({"verification_status": "retracted"} if kind == "retraction" else {}), kind, note

    def new_article(self, number: int) -> Json:
        key, outlet = number // CLAIMS_AN_ARTICLE + 1, self.outlets.one()
        return self.templates[0]["article"] | {
            "id": FIRST_KEY + key,
            "title": f"{self.sentence(8)} {key}",
            "url": f"https://example.org/articles/of/{key}",
            "outlet": {"id": FIRST_KEY + outlet, "name": f"Publisher {outlet}"},
            "language": weighted(LANGUAGES, self.chance),
        }

    def evidence(self, piece: Json) -> Json:
        number = self.sources.one()
        source = piece["source"] | {
            "id": FIRST_KEY + number,
            "title": f"Source {number}",
            "url": f"https://example.org/sources/{number}",
            "publisher": f"Publisher {self.publishers[number]}",
        }
        return piece | {"source": source}

    def sentence(self, words: int) -> str:
        return " ".join(self.words.some(words)).capitalize()

    def stated(self, at: datetime) -> str | None:
        """Before it was published, and most often not long before."""
        day = at.date() - timedelta(days=int(self.chance.expovariate(1 / DAYS_UNTIL_PUBLISHED)))
        return day.isoformat()[: weighted(PRECISIONS, self.chance)] or None


def vocabulary(chance: random.Random) -> list[str]:
    """The words of the seeds' article, the most frequent first, and after them many more that are made of them."""
    text = (settings.BASE_DIR / "seeds" / "article.txt").read_text()
    words = re.findall(r"[a-z]{3,}", text.lower())
    known = sorted(set(words), key=lambda word: (-words.count(word), word))
    made = {f"{chance.choice(known)[:4]}{chance.choice(known)[:4]}{number:x}" for number in range(WORDS - len(known))}
    return known + sorted(made)


def weighted(things: dict[T, int], chance: random.Random) -> T:
    return chance.choices(list(things), weights=list(things.values()))[0]


def timestamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
