from datetime import UTC, datetime

import pytest

from claims.presentation.dates import moment, partial_date


@pytest.mark.parametrize(
    ("text", "words"),
    [("2022-07-12", "12 July 2022"), ("2022-07", "July 2022"), ("2022", "2022"), ("", "")],
)
def test_partial_date_says_what_is_known(text: str, words: str) -> None:
    assert partial_date(text) == words


def test_moment_is_to_the_minute_in_utc() -> None:
    assert moment(datetime(2026, 11, 23, 9, 5, 59, tzinfo=UTC)) == "23 November 2026, 09:05 UTC"
