"""The public list of 50 claims against its two yardsticks: how many answers a second."""

import statistics
from collections.abc import Callable
from contextlib import ExitStack

from bench import load, servers
from bench.report import row

PATH = "/api/v1/claims/"
CLAIMS = 400
ROUNDS, SECONDS, CONNECTIONS = 9, 2.0, 8
APPLICATIONS = {
    "bare": ("bench.bare", {}),
    "Assay": ("config.wsgi", {}),
    "stock": ("config.wsgi", {"DJANGO_SETTINGS_MODULE": "bench.stock.settings"}),
}
TARGETS = {"bare": 0.5, "stock": 15.0}
MEANING = {"bare": "of bare", "stock": "times stock"}
SECTION = f"""\
## The public list

Answers a second: {CONNECTIONS} connections ask again as soon as they are answered, in {ROUNDS} rounds of {SECONDS:g}
seconds each in which the servers take turns; the median counts.

| `GET {PATH}`: 50 claims of {CLAIMS} | ratio | target | |
|---|---|---|---|
{{rows}}

- *bare*: a WSGI application of a dozen lines that selects the same documents with psycopg, over a connection that it
  keeps, and answers with the same bytes. Nothing in Python can do much better.
- *stock*: Django REST framework as its tutorial has it, with nested ModelSerializers over the desk's tables,
  `select_related` and `prefetch_related`.

Nothing is cached: every request asks PostgreSQL. What makes the difference to stock is that a claim is turned into JSON
once, when it is published, and from then on only copied.
"""
Say = Callable[[str], None]


def measure(say: Say) -> str:
    fill(say)
    with ExitStack() as stack:
        ports = {name: stack.enter_context(servers.serving(app, **env)) for name, (app, env) in APPLICATIONS.items()}
        check_same_bytes(ports, say)
        rounds = [one_round(number, ports, say) for number in range(1, ROUNDS + 1)]
    ratios = {name: statistics.median(r["Assay"] / r[name] for r in rounds) for name in TARGETS}
    rows = [row(f"Assay, {MEANING[name]}", ratio, least=TARGETS[name]) for name, ratio in ratios.items()]
    return SECTION.format(rows="\n".join(rows))


def fill(say: Say) -> None:
    from django.core.management import call_command
    from django.db import connection

    from bench.data import Newsroom

    call_command("migrate", verbosity=0)
    for done in Newsroom().publish(CLAIMS):
        if done % 50 == 0:
            say(f"Published {done} of {CLAIMS} claims")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.close()
    connection.close_pool()


def check_same_bytes(ports: dict[str, int], say: Say) -> None:
    """What is compared is comparable: the bare application's answer is ours, byte for byte."""
    bodies = {}
    for name, port in ports.items():
        with load.Client(port, PATH) as client:
            bodies[name] = bytes(client.get())
    if bodies["bare"] != bodies["Assay"]:
        raise RuntimeError("The bare application and Assay do not answer the same.")
    say("Sizes of the answer, in kB: " + ", ".join(f"{name} {len(body) // 1000}" for name, body in bodies.items()))


def one_round(number: int, ports: dict[str, int], say: Say) -> dict[str, float]:
    speeds = {
        name: load.requests_per_second(port, PATH, seconds=SECONDS, connections=CONNECTIONS)
        for name, port in ports.items()
    }
    to_bare, to_stock = speeds["Assay"] / speeds["bare"], speeds["Assay"] / speeds["stock"]
    say(f"Round {number} of {ROUNDS}: {to_bare:.2f} of bare, {to_stock:.1f} times stock")
    return speeds
