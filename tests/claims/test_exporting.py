"""The record as lines: every claim once, in order, byte for byte as it is stored."""

import csv
import io

import orjson
import pytest

from claims import exporting, spreadsheet, stored
from claims.bitmaps import Among
from claims.models import Publication
from claims.moments import Moment
from claims.selection import Selection
from tests.claims import factories, hostile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)


def documents(*sequences: int) -> bytes:
    texts = dict(Publication.objects.values_list("pk", "document"))
    return "".join(f"{texts[sequence]}\n" for sequence in sequences).encode()


def three_claims() -> None:
    """Of seven entries, those of 4, 6 and 7 stand."""
    first, second = (factories.published(factories.claim(topics=("Trees",))) for _ in range(2))
    factories.amended(first)
    factories.amended(second, kind="update", note="More is known.")
    factories.amended(first, kind="retraction", note="It was not said.")
    factories.listed(factories.claim(wording="A bridge was built."))
    factories.amended(second, kind="correction", note="A figure was wrong.")


def test_lines_are_the_documents_that_stand_latest_first() -> None:
    three_claims()
    assert b"".join(exporting.ndjson(Selection())) == documents(7, 6, 5)


def test_lines_are_of_a_moment() -> None:
    three_claims()
    assert b"".join(exporting.ndjson(Selection(Moment.of_entry(3)))) == documents(3, 2)


@pytest.mark.parametrize(
    ("selection", "sequences"),
    [
        (Selection().having(Among("topic", ["trees"])), (7, 5)),
        (Selection().having(Among("topic", ["none"])), ()),
        (Selection().saying("bridge"), (6,)),
        (Selection().saying("rained -bridge"), (7, 5)),
        (Selection().saying("rained").having(Among("topic", ["trees"])), (7, 5)),
        (Selection().saying("bridge").having(Among("topic", ["trees"])), ()),
    ],
)
def test_lines_are_of_what_is_selected(selection: Selection, sequences: tuple[int, ...]) -> None:
    three_claims()
    assert b"".join(exporting.ndjson(selection)) == documents(*sequences)


def test_what_is_published_meanwhile_changes_nothing() -> None:
    three_claims()
    expected = documents(7, 6, 5)
    lines = exporting.ndjson(Selection(Moment.now()))
    sent = next(lines)
    factories.amended(Publication.objects.get(pk=5).claim, kind="retraction", note="It was never said.")
    factories.published()
    assert sent + b"".join(lines) == expected


def test_hostile_words_are_the_same_bytes() -> None:
    hostile.world()
    control = "\\ \\\\ \\. \\N " + "".join(map(chr, range(1, 32))) + "\x7f\u2028\ud7ff\U0010ffff"
    claim = factories.claim(wording=f"Back\\slash \\n {control}"[:200])
    factories.published(claim, explanation=control)
    lines = b"".join(exporting.ndjson(Selection()))
    assert lines == documents(3, 2)
    assert [orjson.loads(line)["version"] for line in lines.splitlines()] == [1, 2]


def test_changes_are_every_entry_oldest_first() -> None:
    three_claims()
    rows = stored.rows(Publication.objects.order_by("pk").values_list(*stored.ENTRY))
    assert b"".join(exporting.changes(Moment.now())) == b"".join(stored.entry(row) + b"\n" for row in rows)
    assert len(b"".join(exporting.changes(Moment.of_entry(3))).splitlines()) == 3


def test_table_has_a_row_for_every_claim() -> None:
    three_claims()
    text = b"".join(exporting.table(Selection()))
    assert text.startswith(b"\xef\xbb\xbf" + b'"id","version","url"')
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert [(row["version"], row["verification_status"], row["corrections"]) for row in rows] == [
        ("3", "verified", "2"),
        ("1", "unverified", "0"),
        ("3", "retracted", "2"),
    ]
    assert (rows[0]["last_correction"], rows[1]["last_correction"]) == ("A figure was wrong.", "")


def test_table_says_what_the_document_does() -> None:
    full = {"position": "Mayor", "occasion": "A speech", "relays": factories.speaker("The ministry")}
    claim = factories.claim(topics=("Health", "Trade"), stated_on="2022-07-01", stated_on_precision="month", **full)
    factories.evidence(claim, source=factories.source(title="=cmd", url="https://example.org/a"))
    factories.published(claim)
    header, told = csv.reader(io.StringIO(b"".join(exporting.table(Selection())).decode("utf-8-sig"), newline=""))
    row = dict(zip(header, told, strict=True))
    document = orjson.loads(Publication.objects.get().document)
    assert list(row) == list(spreadsheet.COLUMNS)
    assert (row["quote"], row["speaker"], row["relays"]) == (
        document["quote"]["exact"],
        document["speaker"]["name"],
        "The ministry",
    )
    assert (row["stated_on"], row["topics"], row["rating"], row["rating_value"]) == (
        "2022-07",
        "Health | Trade",
        "true",
        "3",
    )
    assert row["sources"].startswith("'=cmd | Source ")
    assert row["source_urls"].split(" | ") == [piece["source"]["url"] for piece in document["evidence"]]


def test_nothing_published_is_no_lines() -> None:
    assert list(exporting.ndjson(Selection())) == []
    assert list(exporting.changes(Moment.now())) == []
    assert b"".join(exporting.table(Selection())).count(b"\r\n") == 1
    assert exporting.stamp(Moment.now()).endswith("-0")


def test_files_are_named_by_the_day_and_the_sequence_of_the_last_entry() -> None:
    three_claims()
    entry = Publication.objects.get(pk=3)
    assert exporting.stamp(Moment.of_entry(3)) == f"{entry.published_at:%Y-%m-%d}-3"
