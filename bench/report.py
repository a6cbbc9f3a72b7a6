"""docs/benchmarks.md: what was measured, as ratios, since the absolute numbers are the machine's and say little."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Written by `make bench`. Every number is a ratio, and all of a section are measured on one machine in one run, with the
same gunicorn settings as `make run` and the same PostgreSQL.
"""


def write(sections: Iterable[str], *, others: bool) -> None:
    """Each section begins with a line “## …”; ``others`` is whether to keep the page's sections of other names."""
    found = _sections(PAGE.read_text()) if others else {}
    for section in sections:
        title, _, text = section.partition("\n")
        found[title] = f"\nMeasured on {datetime.now(UTC).date()}.\n{text}"
    PAGE.write_text("\n".join([HEAD, *(f"{title}\n{text.rstrip()}\n" for title, text in found.items())]))


def _sections(page: str) -> dict[str, str]:
    """By their titles, in order."""
    return dict(re.findall(r"^(## .*)\n((?:(?!## ).*\n)*)", page, re.MULTILINE))
