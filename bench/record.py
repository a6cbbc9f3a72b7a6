"""What partners pull, from records of many claims, against its yardsticks."""

from contextlib import ExitStack

from django.core.management import call_command
from django.db import connection

from bench import export, google, latency, servers, throughput
from bench.measured import Measured, Say, line
from bench.record_data import TEMPLATES, Record

SIZES = (100_000, 1_000_000)
APPLICATIONS = {
    "bare": ("bench.bare", {}),
    "Assay": ("config.wsgi", {"API_RATE_ANONYMOUS": "0"}),
    "stock": ("config.wsgi", {"DJANGO_SETTINGS_MODULE": "bench.stock.settings", "API_RATE_ANONYMOUS": "0"}),
}
SECTION = """\
## What partners pull

Ratios, with {sizes} published claims. Entries of the ledger are like those that an editor publishes, 4 kB each, and
have words, people, places and days of their own, some far more often than others.

| | {heads} | target | |
|---|{rules}---|---|
{rows}

- *bare*: a WSGI application of a few dozen lines that selects the same documents with psycopg, over a connection that
  it keeps, and answers with the same bytes. Nothing in Python can do much better.
- *stock*: Django REST framework as its tutorial has it, with nested ModelSerializers over the desk's tables,
  `select_related` and `prefetch_related`; with no more than {templates} claims, which does it no harm.
- Answers a second are of {connections} connections, each of which asks again as soon as it is answered, in {rounds}
  rounds of {seconds:g} seconds in which the servers take turns; the median counts. Times are those of one connection.
- Each filter is asked with the value that most claims have and with one that few have, and so is each pair.
- Words are searched for one at a time: {searches} that are common, as many that are rare, as many that are nowhere.
  psql is told what the list of claims has to find, and its own clock counts. All was looked for once before.

No answer is kept: every request asks PostgreSQL. What is kept is how common some words are, which tells by which way to
look for them. A claim is turned into JSON once, when it is published, and from then on only copied. Filters are
bitmaps, which are found and met in one query, however many claims have what is asked for.

What a request costs besides PostgreSQL's work (routing, middleware, the view, a round trip or two more) weighs most
where there is least to find: in one claim, which is one query in either application, and in searches for words that
are nowhere, which psql has done in a third of a millisecond. The slowest filters are dates with no end, such as all
that was said since 2014: they are the union of the bitmaps of many years. Pairs of filters that miss their target have
several such bitmaps, or words and bitmaps, to meet.
"""


def measure(say: Say) -> str:
    call_command("migrate", verbosity=0)
    record, found = Record(say), []
    for size in SIZES:
        record.grow(size)
        connection.close()
        found.append(measure_all(size, say))
    return SECTION.format(
        sizes=" and ".join(f"{size:,}" for size in SIZES),
        heads=" | ".join(f"{size:,}" for size in SIZES),
        rules="---|" * len(SIZES),
        rows="\n".join(map(line, zip(*found, strict=True))),
        templates=TEMPLATES,
        connections=throughput.CONNECTIONS,
        rounds=throughput.ROUNDS,
        seconds=throughput.SECONDS,
        searches=latency.SEARCHES,
    )


def measure_all(size: int, say: Say) -> list[Measured]:
    with ExitStack() as stack:
        serving = {name: stack.enter_context(servers.serving(app, **env)) for name, (app, env) in APPLICATIONS.items()}
        ports = {name: server.port for name, server in serving.items()}
        return [
            *throughput.measure(ports, size // 2, say),
            *latency.measure(ports["Assay"], say),
            *export.measure(ports["Assay"], serving["Assay"].pid, say),
            *google.measure(ports, say),
        ]
