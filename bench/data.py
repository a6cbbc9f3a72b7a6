"""Claims to measure with: documents of the seeds' kind and size, published as an editor would."""

import random
import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User

from claims import editing, intake, publishing, workflow
from claims.enums import Form, PublicationKind, SpeakerKind, Stance
from claims.models import Article, Claim, Evidence, Rating, Speaker, Topic
from sources.models import Access, Independence, Kind, Publisher, Source

SCALE = ("False", "Mostly false", "Missing context", "Mostly true", "True")
CLAIMS_AN_ARTICLE = 25


class Newsroom:
    """The same rows at every run: nothing in here is left to chance but the words, and those are seeded."""

    def __init__(self) -> None:
        self.chance = random.Random(7)  # noqa: S311
        self.vocabulary = re.findall(r"[\w’'-]+", (settings.BASE_DIR / "seeds" / "article.txt").read_text())
        self.author, self.reviewer = (User.objects.create_superuser(name) for name in ("author", "reviewer"))
        self.publishers = [Publisher.objects.create(name=f"{self.words(2)} {number}") for number in range(20)]
        self.speakers = [self.speaker(number) for number in range(20)]
        self.topics = [Topic.objects.create(slug=f"topic-{number}", name=f"Topic {number}") for number in range(12)]
        self.ratings = [self.rating(value, name) for value, name in enumerate(SCALE, start=1)]
        self.sources = [self.source(number) for number in range(100)]

    def publish(self, number: int) -> Iterator[int]:
        """Publish so many claims, one at a time; yields how many there are."""
        article = None
        for done in range(number):
            if done % CLAIMS_AN_ARTICLE == 0:
                article = self.article(done)
            self.published_claim(article, place=done % CLAIMS_AN_ARTICLE)
            yield done + 1

    def words(self, number: int) -> str:
        return " ".join(self.chance.choices(self.vocabulary, k=number))

    def sentences(self, number: int) -> str:
        return " ".join(f"{self.words(14).capitalize()} – “{self.words(4)}”." for _ in range(number))

    def speaker(self, number: int) -> Speaker:
        same_as = [f"https://www.wikidata.org/wiki/Q{number}"]
        return Speaker.objects.create(name=f"{self.words(2)} {number}", kind=SpeakerKind.PERSON, same_as=same_as)

    def rating(self, value: int, name: str) -> Rating:
        return Rating.objects.create(slug=name.lower().replace(" ", "-"), name=name, value=value, definition=name)

    def source(self, number: int) -> Source:
        return Source.objects.create(
            title=self.words(10),
            url=f"https://example.org/{self.words(5).replace(' ', '-')}/{number}",
            publisher=self.chance.choice(self.publishers),
            kind=self.chance.choice(Kind.values),
            published_on="2022-07-08",
            access=Access.ARCHIVED,
            independence=self.chance.choice(Independence.values),
            independence_note=self.words(8),
        )

    def article(self, number: int) -> Article:
        article = Article(
            title=f"{self.words(8)} {number}",
            outlet=self.chance.choice(self.publishers),
            url=f"https://example.org/articles/{number}",
            published_on="2022-07-12",
            text=self.sentences(CLAIMS_AN_ARTICLE),
        )
        return intake.add_article(article, by=self.author)

    def published_claim(self, article: Article, *, place: int) -> None:
        claim = self.claim(article, list(re.finditer(r"[^.]+\.", article.text))[place])
        workflow.research(claim, by=self.author)
        for rank in range(self.chance.randint(3, 5)):
            self.evidence(claim, rank)
        rating = self.chance.choice(self.ratings)
        editing.assess(
            claim,
            by=self.author,
            rating=rating,
            summary=self.words(18),
            explanation=self.sentences(5),
            needed="",
            one_source_reason="Whose words these are is left to chance, and so is whether there are two.",
        )
        workflow.submit(claim, by=self.author, kind=PublicationKind.VERDICT)
        workflow.approve(claim, by=self.reviewer)
        publishing.publish(claim, by=self.reviewer, kind=PublicationKind.VERDICT)

    def claim(self, article: Article, sentence: re.Match[str]) -> Claim:
        claim = Claim(
            article=article,
            quote_start=sentence.start(),
            quote_end=sentence.end(),
            form=self.chance.choice(Form.values),
            wording=self.words(16),
            speaker=self.chance.choice(self.speakers),
            position=self.words(6),
            stated_on="2022-07-12",
            occasion=self.words(5),
        )
        return intake.record_claim(claim, by=self.author, topics=self.chance.sample(self.topics, 2))

    def evidence(self, claim: Claim, rank: int) -> None:
        Evidence.objects.create(
            claim=claim,
            source=self.chance.choice(self.sources),
            stance=self.chance.choice(Stance.values),
            finding=self.words(22),
            locator=self.words(4),
            rank=rank,
        )
