from claims.presentation.marks import Mark
from claims.presentation.records import Record
from claims.presentation.statements import Statement
from claims.presentation.strip import LEAST, WIDTH, strip

TRUE = {"slug": "true", "name": "True", "value": 5, "best": 5, "worst": 1}
FALSE = {"slug": "false", "name": "False", "value": 1, "best": 5, "worst": 1}


def statement(number: int, start: int, end: int, rating: dict | None = None) -> Statement:
    status = "verified" if rating else "unverified"
    doc = {"quote": {"start": start, "end": end}, "rating": rating, "verification_status": status}
    return Statement(number, Record(number, "slug", doc), start, end)


def test_each_mark_has_a_row_the_truest_first() -> None:
    statements = [statement(1, 0, 10), statement(2, 10, 20, FALSE), statement(3, 20, 30, TRUE), statement(4, 30, 40)]
    rows = strip(100, statements)
    assert [row.mark for row in rows] == [
        Mark("full", "True"),
        Mark("empty", "False"),
        Mark("waiting", "Not yet checked"),
    ]
    assert [[bar.statement.number for bar in row.bars] for row in rows] == [[3], [2], [1, 4]]


def test_bars_stand_where_their_statements_do_in_the_text() -> None:
    ((_mark, bars),) = strip(200, [statement(1, 0, 50, TRUE), statement(2, 100, 200, TRUE)])
    assert [(bar.x, bar.width) for bar in bars] == [(0, 250), (500, 500)]


def test_short_statement_in_a_long_text_can_be_seen_even_at_its_end() -> None:
    ((_mark, (bar,)),) = strip(1_000_000, [statement(1, 999_999, 1_000_000, TRUE)])
    assert (bar.x, bar.width) == (WIDTH - LEAST, LEAST)


def test_text_without_statements_has_no_rows() -> None:
    assert strip(0, []) == []
