"""What was measured, as ratios: the absolute numbers are the machine's, and say little."""

from datetime import UTC, datetime
from pathlib import Path

TARGETS = {"bare": 0.5, "stock": 15.0}
PAGE = """\
# Benchmarks

Written by `make bench` on {date}. Every number is a ratio of answers a second, measured on one machine in one run: the
same gunicorn settings as `make run`, the same PostgreSQL, {connections} connections that ask again as soon as they are
answered, {rounds} rounds of {seconds:g} seconds each in which the servers take turns; the median counts.

| `GET /api/v1/claims/`: 50 claims of {claims} | ratio | target | |
|---|---|---|---|
{lines}

- *bare*: a WSGI application of a dozen lines that selects the same documents with psycopg, over a connection that it
  keeps, and answers with the same bytes. Nothing in Python can do much better.
- *stock*: Django REST framework as its tutorial has it, with nested ModelSerializers over the desk's tables,
  `select_related` and `prefetch_related`.

Nothing is cached: every request asks PostgreSQL. What makes the difference to stock is that a claim is turned into JSON
once, when it is published, and from then on only copied.
"""
MEANING = {"bare": "of bare", "stock": "times stock"}


def write(ratios: dict[str, float], *, rounds: int, seconds: float, connections: int, claims: int) -> None:
    """Print the table and write docs/benchmarks.md."""
    lines = "\n".join(line(name, ratio) for name, ratio in ratios.items())
    print(lines)
    page = PAGE.format(
        date=datetime.now(UTC).date(),
        lines=lines,
        rounds=rounds,
        seconds=seconds,
        connections=connections,
        claims=claims,
    )
    (Path(__file__).parent.parent / "docs" / "benchmarks.md").write_text(page)


def line(name: str, ratio: float) -> str:
    verdict = "met" if ratio >= TARGETS[name] else f"missed by {1 - ratio / TARGETS[name]:.0%}"
    return f"| Assay, {MEANING[name]} | {ratio:.2f} | ≥ {TARGETS[name]:g} | {verdict} |"
