import datetime

import pytest

from sources import dates


@pytest.mark.parametrize("text", ["2022-07-12", "2022-07", "2022", "2024-02-29"])
def test_partial_date_is_written_as_it_was_read(text):
    assert dates.iso(*dates.parse(text)) == text


def test_unknown_date_is_none():
    assert (dates.parse(""), dates.iso(None, "")) == ((None, ""), None)


@pytest.mark.parametrize("text", ["2022-7", "12 July 2022", "2022-02-30", "2022-13", "22", "0000", "2022-07-12T10:00"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=f"^“{text}” is not a date: write 2022-07-12, 2022-07 or 2022.$"):
        dates.parse(text)


@pytest.mark.parametrize(
    ("text", "last"), [("2022-07-12", (2022, 7, 12)), ("2024-02", (2024, 2, 29)), ("2022", (2022, 12, 31))]
)
def test_last_day_of_a_partial_date(text, last):
    assert dates.last_day(*dates.parse(text)) == datetime.date(*last)
