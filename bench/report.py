"""What was measured, as ratios: the absolute numbers are the machine's, and say little."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

HEAD = """\
# Benchmarks

Written by `make bench` on {date}. Every number is a ratio, measured on one machine in one run, with the same gunicorn
settings as `make run` and the same PostgreSQL.
"""


def row(name: str, ratio: float, *, least: float | None = None, most: float | None = None) -> str:
    """A line of a table, held to one target or to none."""
    if least is not None:
        verdict = "met" if ratio >= least else f"missed by {1 - ratio / least:.0%}"
        return f"| {name} | {ratio:.2f} | ≥ {least:g} | {verdict} |"
    if most is not None:
        verdict = "met" if ratio <= most else f"missed by {ratio / most - 1:.0%}"
        return f"| {name} | {ratio:.2f} | ≤ {most:g} | {verdict} |"
    return f"| {name} | {ratio:.2f} | | |"


def write(sections: Iterable[str]) -> None:
    page = "\n".join([HEAD.format(date=datetime.now(UTC).date()), *sections])
    (Path(__file__).parent.parent / "docs" / "benchmarks.md").write_text(page)
