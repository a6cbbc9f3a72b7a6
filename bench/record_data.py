"""A public record of very many claims: the ledger, and all that is read off it.

A few hundred claims are published as an editor would (bench.data), and the record is made of documents like theirs
(bench.documents). It is copied in, entry by entry as the very functions that publish make them, but without triggers.
Of the desk's tables the few hundred fill all; the others have rows in those that public lists show.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction
from pyroaring import BitMap

from bench import documents
from bench.data import Newsroom
from bench.documents import FIRST_KEY
from bench.rows import copy
from claims import document, facets, projection
from claims.models import Article, Facet, Publication, PublishedClaim, PublishedVersion, Speaker, Topic
from sources.models import Publisher, Source

Json = dict[str, Any]
Say = Callable[[str], None]

TEMPLATES, BATCH = 400, 10_000
# One claim in so many has an entry more.
AMENDED = 30
FIRST, BETWEEN = datetime(2016, 1, 1, tzinfo=UTC), timedelta(minutes=5)


class Record:
    """The same at every run, growing."""

    def __init__(self, say: Say, *, number: int = TEMPLATES) -> None:
        """Made of documents of so many claims."""
        self.say, self.documents = say, documents.Documents(templates(say, number))
        self.facets: dict[facets.Pair, BitMap] = defaultdict(BitMap)
        self.claims, self.sequence, self.hash = 0, 0, "0" * 64
        in_replica_mode(self.begin)

    def grow(self, number: int) -> None:
        """To so many claims, a multiple of ``BATCH``."""
        # While PostgreSQL takes in one batch, the next is made.
        with ThreadPoolExecutor(max_workers=1) as writer:
            written = writer.submit(int)
            while self.claims < number:
                batch = Batch(self)
                written.result()
                written = writer.submit(in_replica_mode, batch.copy)
                if self.claims % (10 * BATCH) == 0:
                    self.say(f"The record has {self.claims:,} of {number:,} claims")
            written.result()
            writer.submit(connection.close)
        with transaction.atomic():
            Facet.objects.all().delete()
            copy(numbered(facets.rows(self.facets)))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def begin(self) -> None:
        """Without the templates, and with people and places."""
        for model in (PublishedVersion, PublishedClaim, Facet, Publication):
            model.objects.all().delete()
        copy(Publisher(pk=FIRST_KEY + key, name=f"Publisher {key}") for key in range(1, documents.OUTLETS + 1))
        copy(Speaker(pk=FIRST_KEY + key, name=f"Speaker {key}") for key in range(1, documents.SPEAKERS + 1))
        topics = range(1, documents.TOPICS + 1)
        copy(Topic(pk=FIRST_KEY + key, slug=f"subject-{key}", name=f"Subject {key}") for key in topics)
        copy(self.source(key) for key in range(1, documents.SOURCES + 1))

    def source(self, key: int) -> Source:
        publisher = FIRST_KEY + self.documents.publishers[key]
        told = {"title": f"Source {key}", "url": f"https://example.org/sources/{key}", "published_on_precision": ""}
        return Source(pk=FIRST_KEY + key, publisher_id=publisher, **told)

    def at(self) -> datetime:
        """When the next entry is published."""
        return FIRST + self.sequence * BETWEEN

    def entry(self, doc: Json, kind: str, note: str) -> Publication:
        """The next one, not yet saved."""
        text, before = canonical(doc), self.hash
        reviewed = {key: value for key, value in doc.items() if key not in document.ENVELOPE}
        self.hash = hashlib.sha256(before.encode() + text).hexdigest()
        self.sequence += 1
        return Publication(
            sequence=self.sequence,
            claim_id=doc["id"],
            version=doc["version"],
            kind=kind,
            note=note,
            document=text.decode(),
            content_hash=hashlib.sha256(canonical(reviewed)).hexdigest(),
            hash=self.hash,
            previous_hash=before,
            published_by_id=1,
            published_at=doc["published_at"],
        )


class Batch:
    """So many claims and their amendments, all of them in one transaction: the rows of each table."""

    def __init__(self, record: Record) -> None:
        self.record, self.documents = record, record.documents
        self.articles: dict[int, Article] = {}
        self.entries: list[Publication] = []
        self.versions: dict[int, PublishedVersion] = {}
        self.current: dict[int, PublishedClaim] = {}
        for _ in range(BATCH):
            self.publish()

    def copy(self) -> None:
        for rows in (self.articles, self.versions, self.current):
            copy(rows.values())
        copy(self.entries)

    def publish(self) -> None:
        """One claim and, now and then, another version of one of the batch."""
        self.record.claims += 1
        doc = self.documents.new(self.record.claims, self.record.at())
        if doc["article"]["id"] not in self.articles:
            self.articles[doc["article"]["id"]] = article(doc["article"])
        self.enter(doc, "verdict" if doc["rating"] else "listing")
        if self.documents.chance.randrange(AMENDED) == 0:
            claim = self.documents.chance.choice(self.entries).claim_id
            last = orjson.loads(self.current[claim].publication.document)
            if last["verification_status"] != "retracted":
                self.enter(*self.documents.amended(last, self.record.at()))

    def enter(self, doc: Json, kind: str, note: str = "") -> None:
        """An entry, and what is read off it."""
        entry = self.record.entry(doc, kind, note)
        before = self.current.get(doc["id"])
        previous = before.publication_id if before else None
        if previous:
            self.versions[previous].until = entry.pk
            self.record.facets[facets.SUPERSEDED].add(previous)
        for pair in facets.of_document(doc):
            self.record.facets[pair].add(entry.pk)
        self.entries.append(entry)
        self.versions[entry.pk] = projection.version(entry, doc, previous=previous, claims=self.record.claims)
        self.current[doc["id"]] = projection.current(entry, doc, ordinal=doc["id"])


def templates(say: Say, number: int) -> list[Json]:
    """Documents of claims that are published one by one."""
    for done in Newsroom().publish(number):
        if done % 100 == 0:
            say(f"Published {done} of {number} claims")
    found = [orjson.loads(text) for text in Publication.objects.values_list("document", flat=True)]
    if any(canonical(doc).decode() != document.canonical(doc) for doc in found):
        raise RuntimeError("What is copied in would not be RFC 8785 canonical JSON.")
    return found


def canonical(doc: Json) -> bytes:
    """As document.canonical, of what documents are made of; many times faster."""
    return orjson.dumps(doc, option=orjson.OPT_SORT_KEYS)


def numbered(found: Iterable[Facet]) -> Iterator[Facet]:
    for key, facet in enumerate(found, start=1):
        facet.pk = key
        yield facet


def article(told: Json) -> Article:
    return Article(
        pk=told["id"],
        title=told["title"],
        url=told["url"],
        outlet_id=told["outlet"]["id"],
        language=told["language"],
        published_on_precision="",
        text=told["title"],
        created_by_id=1,
    )


def in_replica_mode(work: Callable[[], None]) -> None:
    """As the database of a copy would take it: without triggers, and so without the history and the rules."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        work()
