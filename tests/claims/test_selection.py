"""Filters, orders and pages of the public record over time, against the same done the long way."""

import datetime
import random
import re
from typing import Any

import orjson
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from claims import projection, selection
from claims.filters import ClaimFilter
from claims.models import Publication, PublishedVersion
from claims.moments import Moment
from claims.orders import ORDERS, Order, Place
from claims.selection import Selection
from sources import dates
from tests.claims import factories

pytestmark = pytest.mark.django_db

TOPICS, RATINGS, WORDS = ("health", "trade", "war"), ("true", "mixed", "false"), ("harbour", "tunnel", "bridge")
DAYS = ("2021", "2021-12", "2022-01", "2022-07", "2022-07-12", "2022-07-31", "2023-01-01", None)
ENTRIES = 90


@pytest.fixture(params=[1, 2])
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def ledger(chance: random.Random) -> list[dict[str, Any]]:
    """Documents in the order of their publication, some of them amended."""
    claim = factories.published(factories.claim(topics=("Health",)))
    first = Publication.objects.get()
    template = orjson.loads(first.document)
    claims = range(claim.pk, claim.pk + ENTRIES * 2 // 3)
    versions = dict.fromkeys(claims, 0)
    docs = []
    for sequence in range(1, ENTRIES + 1):
        number = claim.pk if sequence == 1 else chance.choice(claims)
        versions[number] += 1
        docs.append(varied(template, chance, sequence) | {"id": number, "version": versions[number]})
    enter(first, docs)
    return docs


def varied(template: dict[str, Any], chance: random.Random, sequence: int) -> dict[str, Any]:
    doc = orjson.loads(orjson.dumps(template))
    doc["claim"] = " ".join(chance.sample(WORDS, 2))
    doc["stated_on"] = chance.choice(DAYS)
    doc["topics"] = [{"slug": slug, "name": slug} for slug in chance.sample(TOPICS, chance.randint(0, 2))]
    doc["rating"] = chance.choice([None, *({**doc["rating"], "slug": slug} for slug in RATINGS)])
    doc["article"]["language"] = chance.choice(["en", "pt-BR"])
    day = datetime.date(2023, 12, 1) + datetime.timedelta(days=sequence // 2)
    return doc | {"published_at": f"{day}T10:00:00Z"}


def enter(first: Publication, docs: list[dict[str, Any]]) -> None:
    """Write them as the ledger, as the owner of the database could, and project them one by one."""
    entries = [
        Publication(
            sequence=sequence,
            claim_id=doc["id"],
            version=doc["version"],
            kind="update" if doc["version"] > 1 else "verdict",
            note="Changed." if doc["version"] > 1 else "",
            document=orjson.dumps(doc).decode(),
            content_hash=f"{sequence:064}",
            hash=f"{sequence:064}",
            previous_hash=f"{sequence - 1:064}",
            published_by_id=first.published_by_id,
            published_at=doc["published_at"],
        )
        for sequence, doc in enumerate(docs, 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("facet", "word", "publishedversion", "publishedclaim", "publication"):
            cursor.execute(f"DELETE FROM claims_{table}")
        Publication.objects.bulk_create(entries)
        for entry in entries:
            projection.project(entry)


def standing(docs: list[dict[str, Any]], moment: int) -> dict[int, dict[str, Any]]:
    """The newest document of each claim at a moment, by its sequence."""
    newest = {doc["id"]: sequence for sequence, doc in enumerate(docs[:moment], 1)}
    return {sequence: docs[sequence - 1] for sequence in newest.values()}


def days_of(text: str) -> tuple[str, str]:
    first, precision = dates.parse(text)
    return first.isoformat(), dates.last_day(first, precision).isoformat()


def meets(doc: dict[str, Any], name: str, values: list[str]) -> bool:
    """One filter, done the long way."""
    match name:
        case "rating":
            return bool(doc["rating"]) and doc["rating"]["slug"] in values
        case "topic":
            return bool({topic["slug"] for topic in doc["topics"]} & set(values))
        case "all_topics":
            return {topic["slug"] for topic in doc["topics"]} >= set(values)
        case "language":
            return doc["article"]["language"].lower() == values[-1].lower()
        case "q":
            return values[-1] in doc["claim"]
        case "stated_after":
            return bool(doc["stated_on"]) and days_of(doc["stated_on"])[1] >= days_of(values[-1])[0]
        case "stated_before":
            return bool(doc["stated_on"]) and days_of(doc["stated_on"])[0] <= days_of(values[-1])[1]
        case "published_after":
            return doc["published_at"][:10] >= days_of(values[-1])[0]
        case "published_before":
            return doc["published_at"][:10] <= days_of(values[-1])[1]
    raise AssertionError(name)


def some_filters(chance: random.Random) -> dict[str, list[str]]:
    stated = [day for day in DAYS if day]
    published = ["2023", "2023-12", "2023-12-24", "2024", "2024-01-06"]
    possible = {
        "rating": chance.sample(RATINGS, chance.randint(1, 2)),
        "topic": chance.sample(TOPICS, chance.randint(1, 2)),
        "all_topics": chance.sample(TOPICS, 2),
        "language": [chance.choice(["EN", "pt-br"])],
        "q": [chance.choice(WORDS)],
        "stated_after": [chance.choice(stated)],
        "stated_before": [chance.choice(stated)],
        "published_after": [chance.choice(published)],
        "published_before": [chance.choice(published)],
    }
    return {name: possible[name] for name in chance.sample(list(possible), chance.choice([0, 1, 1, 2, 3]))}


def select(filters: dict[str, list[str]], moment: int | None) -> Selection:
    data = QueryDict(mutable=True)
    for name, values in filters.items():
        data.setlist(name, values)
    found = ClaimFilter(data, Selection(moment and Moment.of_entry(moment)))
    assert found.is_valid(), found.errors
    return found.qs


def place_of(docs: list[dict[str, Any]], sequence: int, order: Order) -> Place:
    first = dates.parse(docs[sequence - 1]["stated_on"] or "")[0]
    return Place((first or datetime.date.min) if order.by_stated else datetime.date.min, sequence)


@pytest.mark.parametrize("few", [0, 500], ids=["as if many", "few"])
@pytest.mark.parametrize("walked", [10**9, -1], ids=["as if rare", "as if common"])
def test_pages_are_what_filtering_and_sorting_each_document_gives(
    ledger: list[dict[str, Any]], chance: random.Random, monkeypatch: pytest.MonkeyPatch, few: int, walked: int
) -> None:
    monkeypatch.setattr(selection, "FEW", few)
    monkeypatch.setattr(selection, "WALKED", walked)
    monkeypatch.setattr(selection, "BATCH", 7)
    for _ in range(40):
        filters, moment = some_filters(chance), chance.choice([None, 1, 30, ENTRIES])
        order, size = chance.choice(list(ORDERS.values())), chance.choice([1, 4, 200])
        chosen = select(filters, moment)
        expected = [
            sequence
            for sequence, doc in standing(ledger, moment or ENTRIES).items()
            if all(meets(doc, name, values) for name, values in filters.items())
        ]
        expected.sort(key=lambda sequence: place_of(ledger, sequence, order), reverse=order.falling)
        said = (filters, moment, order, size)
        assert turned(ledger, chosen, order, size) == expected, said
        assert turned(ledger, chosen, order, size, backwards=True) == expected[::-1], said
        assert chosen.total() == (None if "q" in filters else len(expected)), said
        assert chosen.count() == len(expected), said
        assert chosen[1:5] == sorted(expected, reverse=True)[1:5], said


def test_part_far_down_is_found_without_what_comes_before_it(ledger: list[dict[str, Any]]) -> None:
    last = sorted(standing(ledger, ENTRIES), reverse=True)[-3:]
    for filters in ({}, {"language": ["en", "pt-BR"]}):
        chosen = select(filters, None)
        total = chosen.count()
        with CaptureQueriesContext(connection) as asked:
            rows = chosen.rows(slice(total - 3, total), ("pk",))
        assert (len(rows), {*re.findall(r"LIMIT (\d+)", asked[-1]["sql"])}) == (3, {"3"})
        assert not any(re.search(r"LIMIT \d\d", query["sql"]) for query in asked)
        assert filters or [key for (key,) in rows] == last


def test_no_more_than_some_are_counted_and_those_are_the_latest(
    ledger: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "FEW", 0)
    monkeypatch.setattr(selection, "BATCH", 7)
    monkeypatch.setattr(selection, "MOST_COUNTED", 3)
    for filters in ({"q": ["tunnel"], "language": ["en"]}, {"q": ["tunnel"], "rating": ["true"]}, {"q": ["tunnel"]}):
        standing_now = standing(ledger, ENTRIES).items()
        expected = [it for it, doc in standing_now if all(meets(doc, *filter_) for filter_ in filters.items())]
        chosen = select(filters, None)
        assert len(expected) > 3
        assert chosen.count() == 3
        assert chosen[0:3] == sorted(expected, reverse=True)[:3]


def test_common_words_are_walked_to_and_rare_ones_looked_up(ledger: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_publishedversion")
    ways = {}
    for words in ("harbour", "harbour tunnel", "harbour -harbour", "nowhere"):
        with CaptureQueriesContext(connection) as asked:
            select({"q": [words]}, None).page(("pk",), 5)
        # What is sorted by a sum has no index to be walked through.
        ways[words] = "looked up" if "+ $" in asked[-1]["sql"].partition("ORDER BY")[2] else "walked to"
    assert ways == {
        "harbour": "walked to",
        "harbour tunnel": "walked to",
        "harbour -harbour": "looked up",
        "nowhere": "looked up",
    }


def test_how_common_words_are_is_asked_again_when_the_record_has_doubled(ledger: list[dict[str, Any]]) -> None:
    def explained(moment: Moment) -> int:
        with CaptureQueriesContext(connection) as asked:
            Selection(moment).saying("harbour").page(("pk",), 5)
        return sum(query["sql"].startswith("EXPLAIN") for query in asked)

    assert [explained(Moment(ENTRIES, claims)) for claims in (40, 41, 63, 64, 40)] == [1, 0, 0, 1, 0]


def test_how_common_words_are_is_asked_once_of_those_that_are_not_kept(
    ledger: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_publishedversion")
    monkeypatch.setattr(selection, "FEW", 0)
    monkeypatch.setattr(selection, "LONGEST_KEPT", 0)
    with CaptureQueriesContext(connection) as asked:
        assert select({"q": ["harbour"], "language": ["en"]}, None).page(("pk",), 1)
    assert sum(query["sql"].startswith("EXPLAIN") for query in asked) == 1


def turned(
    docs: list[dict[str, Any]], chosen: Selection, order: Order, size: int, *, backwards: bool = False
) -> list[int]:
    """All sequences, by turning the pages; backwards from beyond the last."""
    found: list[int] = []
    place = None
    while page := chosen.page(("pk", "document"), size, order=order, place=place, backwards=backwards):
        assert [document for _, document in page] == [orjson.dumps(docs[sequence - 1]) for sequence, _ in page]
        found += [sequence for sequence, _ in page]
        place = place_of(docs, found[-1], order)
    return found


def test_rebuilding_gives_what_projecting_one_by_one_gives(ledger: list[dict[str, Any]]) -> None:
    def everything() -> list[list[tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            found = []
            for table, key in (("publishedversion", "publication_id"), ("publishedclaim", "id"), ("word", "word")):
                cursor.execute(f"SELECT t::text FROM claims_{table} AS t ORDER BY {key}")
                found.append(cursor.fetchall())
            cursor.execute("SELECT kind, value, entries FROM claims_facet ORDER BY kind, value")
            # The same entries may be packed in several ways.
            facets = [(kind, value, BitMap.deserialize(entries)) for kind, value, entries in cursor.fetchall()]
            return [*found, facets]

    before = everything()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        projection.rebuild()
    assert everything() == before


def test_moment_is_what_a_time_finds(ledger: list[dict[str, Any]]) -> None:
    day = datetime.datetime(2023, 12, 10, 9, tzinfo=datetime.UTC)
    entry = sum(doc["published_at"] < "2023-12-10T09" for doc in ledger)
    assert Moment.at(day) == Moment(entry, len(standing(ledger, entry)))
    assert Moment.at(day.replace(year=2000)) == Moment(0, 0)
    assert Moment.now() == Moment(ENTRIES, len(standing(ledger, ENTRIES)))
    assert PublishedVersion.objects.standing_at(entry).count() == len(standing(ledger, entry))
