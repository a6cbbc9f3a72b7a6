"""What a spreadsheet makes of a document: text, whatever the text is."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import spreadsheet

FORMULA = set("=+-@＝＋－＠﹦﹢﹣﹫")
SEPARATORS = ",;|\t\n\r"
words = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
hostile = st.text(alphabet=st.sampled_from("=+-@＝＋－＠ \t\r\n\0\x0b\u3000\ufeff\u200b\u00a0\"';,|a1"))


def first_sign(text: str) -> str:
    """What a spreadsheet that forgives much would look at to know a formula."""
    return next((sign for sign in text if not sign.isspace() and unicodedata.category(sign)[0] not in "CZ"), "")


def written(*cells: str) -> str:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerow(cells)
    return file.getvalue()


@given(words | hostile)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    cell = spreadsheet.cell(text)
    assert first_sign(cell) not in FORMULA
    assert not cell.startswith(("\t", "\r", "\n"))


@given(st.lists(words | hostile, min_size=1, max_size=3), st.sampled_from(";|\t"))
def test_no_cell_does_where_cells_end_otherwise(texts: list[str], separator: str) -> None:
    line = written(*map(spreadsheet.cell, texts))
    for row in csv.reader(io.StringIO(line, newline=""), delimiter=separator):
        for cell in row:
            assert first_sign(cell.replace('"', "")) not in FORMULA


@given(words | hostile)
def test_cell_is_read_back_as_it_was_written(text: str) -> None:
    cell = spreadsheet.cell(text)
    assert list(csv.reader(io.StringIO(written(cell, "b"), newline=""))) == [[cell, "b"]]
    assert not any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" \t=1+1", "'=1+1"),
        ("\u3000＝1", "'＝1"),
        ("\r@SUM(A1)", "'@SUM(A1)"),
        ("\ufeff-1", "'\ufeff-1"),
        ("A; =1", "A;' =1"),
        ("A\r\n- one", "A\n'- one"),
        ("A\0B\tC", "A B C"),
        ("More than 94 per cent – so far", "More than 94 per cent – so far"),
        ("A well-known e-mail: a@example.org", "A well-known e-mail: a@example.org"),
        ("2022-07-12", "2022-07-12"),
        ("", ""),
        (-2, -2),
        (None, None),
    ],
)
def test_cell_of(text: object, cell: object) -> None:
    assert spreadsheet.cell(text) == cell


def test_long_text_is_cut_where_a_spreadsheet_would_spill_it() -> None:
    assert len(spreadsheet.cell("=" * 100_000)) <= 32_767
