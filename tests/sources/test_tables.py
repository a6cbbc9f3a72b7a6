"""Tables as spreadsheet programs save them."""

import codecs

import pytest

from sources import tables

KNOWN = ("quote", "claim", "stated_on")


def rows(text):
    return [line.cells for line in tables.read(text, KNOWN).lines]


@pytest.mark.parametrize(
    "data",
    [
        "quote\nសួស្តី".encode(),
        codecs.BOM_UTF8 + "quote\nសួស្តី".encode(),
        "quote\nសួស្តី".encode("utf-16"),
        codecs.BOM_UTF16_BE + "quote\nសួស្តី".encode("utf-16-be"),
        "quote\nសួស្តី".encode("utf-16-le"),
        "quote\nសួស្តី".encode("utf-16-be"),
    ],
)
def test_utf_8_and_utf_16_are_read_with_their_mark_and_without(data):
    assert rows(tables.decode(data)) == [{"quote": "សួស្តី"}]


@pytest.mark.parametrize("data", ["quote\ncafé".encode("latin-1"), b"\xff\xfe\x00", b"PK\x03\x04\xff\xfe"])
def test_other_encodings_are_refused_in_words(data):
    with pytest.raises(tables.Unreadable, match="is not in UTF-8"):
        tables.decode(data)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_what_parts_the_cells_is_told_by_the_names_of_the_columns(mark):
    text = f'quote{mark}claim\n"One, two; three"{mark}Four\n'
    assert rows(text) == [{"quote": "One, two; three", "claim": "Four"}]


def test_columns_are_named_in_any_case_and_rows_without_a_word_are_left_out():
    table = tables.read("\ufeff QUOTE ,Stated on\r\n,\r\n\r\na,2022\r\n", KNOWN)
    assert table.columns == ["quote", "stated_on"]
    assert table.lines == [tables.Line(4, {"quote": "a", "stated_on": "2022"}, [])]


def test_cells_may_have_lines_quotation_marks_and_be_missing_at_the_end():
    assert rows('quote,claim\n"One ""two""\nthree"\n') == [{"quote": 'One "two"\nthree', "claim": ""}]


def test_cells_beyond_the_columns_are_told():
    assert tables.read("quote,claim,\na,b,c,d,\na,b,,\n", KNOWN).lines == [
        tables.Line(2, {"quote": "a", "claim": "b", "": "c"}, ["c", "d"]),
        tables.Line(3, {"quote": "a", "claim": "b", "": ""}, []),
    ]


def test_a_row_number_is_a_spreadsheet_s():
    assert [line.number for line in tables.read('quote\n"a\nb\nc"\n\nd', KNOWN).lines] == [2, 4]


@pytest.mark.parametrize(
    ("text", "why"),
    [('quote\nfine\n"a" b\n', "Row 3 cannot be read"), ('quote\n"a', "Row 2 cannot be read"),
     ("quote\n" + "a" * 200_000, "a cell is longer than 131072 characters")],
)  # fmt: skip
def test_what_cannot_be_read_says_where_and_why(text, why):
    with pytest.raises(tables.Unreadable, match=why):
        tables.read(text, KNOWN)


def test_an_empty_file_has_no_columns_and_no_rows():
    assert tables.read("", KNOWN) == tables.Table([], [])


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+41", "-1", "<script>", "\u202eabc"])
def test_values_are_text_whatever_they_look_like(text):
    assert rows(f"quote\n{text}\n") == [{"quote": text}]


def test_control_characters_are_left_out_and_composition_is_regular():
    assert rows("quote\nCafe\u0301\x00\x07\n") == [{"quote": "Café"}]


def test_a_column_can_be_given_another_name():
    table = tables.read("wording\na", ("wording",)).renamed({"wording": "claim"})
    assert table == tables.Table(["claim"], [tables.Line(2, {"claim": "a"}, [])])
