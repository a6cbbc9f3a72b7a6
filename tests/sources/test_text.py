import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text import normalise, normalise_line


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (
            "one\r\ntwo\rthree\x0bfour\x0cfive\u2028six\u2029seven\x85eight",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight",
        ),
        ("nul\x00 bell\x07 del\x7f c1\x9b bom\ufeff", "nul bell del c1 bom"),
        ("e\u0301\u0302", "\u00e9\u0302"),
        ("tab\tstays", "tab\tstays"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("right-to-left \u202e mark", "right-to-left \u202e mark"),
    ],
)
def test_text_is_made_regular(raw, clean):
    assert normalise(raw) == clean


def test_line_is_one_line():
    assert normalise_line("  two\r\n\t lines ") == "two lines"


@given(st.text(alphabet=st.characters(codec=None)))
def test_normalised_text_stays_as_it_is(raw):
    text = normalise(raw)
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    text.encode()


def test_controls_that_turn_what_follows_are_left_out_of_a_line_and_kept_in_a_text():
    turned = "abc\u202edef\u202c \u2066ghi\u2069"
    assert normalise_line(turned) == "abcdef ghi"
    assert normalise(turned) == turned


def test_marks_of_direction_and_joiners_stay_in_a_line():
    assert normalise_line("\u200fשם\u200e می\u200cخواهم \u061c") == "\u200fשם\u200e می\u200cخواهم \u061c"
