"""What was measured, as ratios: the absolute numbers are the machine's, and say little."""

from datetime import UTC, datetime
from pathlib import Path

from bench import desk

TARGETS = {"bare": 0.5, "stock": 15.0}
PAGE = """\
# Benchmarks

Written by `make bench` on {date}. Every number is a ratio, measured on one machine in one run, with the same gunicorn
settings as `make run` and the same PostgreSQL.

## The public list

Answers a second: {connections} connections ask again as soon as they are answered, in {rounds} rounds of {seconds:g}
seconds each in which the servers take turns; the median counts.

| `GET /api/v1/claims/`: 50 claims of {claims} | ratio | target | |
|---|---|---|---|
{lines}

- *bare*: a WSGI application of a dozen lines that selects the same documents with psycopg, over a connection that it
  keeps, and answers with the same bytes. Nothing in Python can do much better.
- *stock*: Django REST framework as its tutorial has it, with nested ModelSerializers over the desk's tables,
  `select_related` and `prefetch_related`.

Nothing is cached: every request asks PostgreSQL. What makes the difference to stock is that a claim is turned into JSON
once, when it is published, and from then on only copied.

## The desk with many claims

How many times as long an answer takes with {many:,} claims as with {few:,}, in a newsroom where most are published:
two databases with all that belongs to claims, asked in turns by somebody who has signed in and has every role; medians.

| `GET /admin/claims/claim/`: 50 claims | ratio | target | |
|---|---|---|---|
{desk_lines}

No list counts all that there is: it looks for the first {counted:,} that match, and says so if there are more. Filters
and searches have indexes (for words, of the trigrams of their capitals). The front page, which is not held to the
target, counts in the same way.
"""
AT_THE_DESK = 2.0
MEANING = {"bare": "of bare", "stock": "times stock"}


def write(
    ratios: dict[str, float],
    at_the_desk: dict[str, float],
    *,
    rounds: int,
    seconds: float,
    connections: int,
    claims: int,
) -> None:
    """Print the tables and write docs/benchmarks.md."""
    from claims.admin.claim_list import COUNTED

    lines = "\n".join(line(name, ratio) for name, ratio in ratios.items())
    desk_lines = "\n".join(desk_line(name, ratio) for name, ratio in at_the_desk.items())
    print(lines, desk_lines, sep="\n")
    page = PAGE.format(
        date=datetime.now(UTC).date(),
        lines=lines,
        desk_lines=desk_lines,
        few=desk.FEW,
        many=desk.MANY,
        counted=COUNTED,
        rounds=rounds,
        seconds=seconds,
        connections=connections,
        claims=claims,
    )
    (Path(__file__).parent.parent / "docs" / "benchmarks.md").write_text(page)


def line(name: str, ratio: float) -> str:
    verdict = "met" if ratio >= TARGETS[name] else f"missed by {1 - ratio / TARGETS[name]:.0%}"
    return f"| Assay, {MEANING[name]} | {ratio:.2f} | ≥ {TARGETS[name]:g} | {verdict} |"


def desk_line(name: str, ratio: float) -> str:
    if desk.PAGES[name] == "/admin/":
        return f"| {name} | {ratio:.2f} | | |"
    verdict = "met" if ratio <= AT_THE_DESK else f"missed by {ratio / AT_THE_DESK - 1:.0%}"
    return f"| {name} | {ratio:.2f} | ≤ {AT_THE_DESK:g} | {verdict} |"
