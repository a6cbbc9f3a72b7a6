"""Numbers by year as a picture: where its columns stand, and what they say."""

from collections.abc import Mapping
from typing import NamedTuple

WIDTH, HEIGHT = 640, 120  # of the SVG's view box
LEAST = 2
GAP = 0.25  # of a column's place


class Column(NamedTuple):
    """``x``, ``y``, ``width`` and ``height`` are of the view box; ``label`` is whether its year is written under it."""

    year: int
    number: int
    x: float
    y: float
    width: float
    height: float
    label: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


class Timeline(NamedTuple):
    """``unknown`` is how many there are of no known year."""

    columns: list[Column]
    unknown: int

    @property
    def table(self) -> list[Column]:
        return [column for column in self.columns if column.number]


def timeline(numbers: Mapping[int | None, int]) -> Timeline | None:
    """Every year from the first to the last; None where there are not two years to compare."""
    known = {year: number for year, number in numbers.items() if year and number}
    if len(known) < LEAST:
        return None
    years = range(min(known), max(known) + 1)
    place, most = WIDTH / len(years), max(known.values())
    every = -(-len(years) // 10)  # No more than ten years are written: they would run into each other.
    columns = []
    for index, year in enumerate(years):
        height = round(known.get(year, 0) / most * HEIGHT, 2)
        x, width = round((index + GAP / 2) * place, 2), round(place * (1 - GAP), 2)
        columns.append(Column(year, known.get(year, 0), x, HEIGHT - height, width, height, index % every == 0))
    return Timeline(columns, numbers.get(None, 0))
