"""What was measured, as ratios: the absolute numbers are the machine's, and say little."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

HEAD = """\
# Benchmarks

Written by `make bench` on {date}. Every number is a ratio, measured on one machine in one run, with the same gunicorn
settings as `make run` and the same PostgreSQL.
"""


def write(sections: Iterable[str]) -> None:
    page = "\n".join([HEAD.format(date=datetime.now(UTC).date()), *sections])
    (Path(__file__).parent.parent / "docs" / "benchmarks.md").write_text(page)
