"""An article's verdicts as a picture: for each, where in the text its statements stand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from claims.presentation.marks import SHAPES, Mark
from claims.presentation.statements import Statement

WIDTH = 1000  # of the SVG's view box
LEAST = 6


class Bar(NamedTuple):
    """``x`` and ``width`` are of the view box."""

    statement: Statement
    x: float
    width: float


class Row(NamedTuple):
    mark: Mark
    bars: list[Bar]


def strip(length: int, statements: Iterable[Statement]) -> list[Row]:
    """A row for each mark that there is, the truest first; the text has so many code points."""
    rows: dict[Mark, list[Bar]] = defaultdict(list)
    for statement in statements:
        rows[statement.mark].append(_bar(length, statement))
    return [Row(mark, rows[mark]) for mark in sorted(rows, key=lambda mark: (SHAPES.index(mark.shape), mark.word))]


def _bar(length: int, statement: Statement) -> Bar:
    """Wide enough to be seen, and inside the picture."""
    width = max(LEAST, round((statement.end - statement.start) / length * WIDTH, 1))
    return Bar(statement, min(round(statement.start / length * WIDTH, 1), WIDTH - width), width)
