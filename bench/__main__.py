"""`make bench`: measure the public list of 50 claims against its two yardsticks, and the desk's with many claims
against the same with few; write docs/benchmarks.md.
"""

import os
import signal
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django

from bench import desk, load, report, servers
from config import embedded_postgres

PATH = "/api/v1/claims/"
CLAIMS = 400
ROUNDS, SECONDS, CONNECTIONS = 9, 2.0, 8
APPLICATIONS = {
    "bare": ("bench.bare", {}),
    "Assay": ("config.wsgi", {}),
    "stock": ("config.wsgi", {"DJANGO_SETTINGS_MODULE": "bench.stock.settings"}),
}


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with database():
        ratios = public_list()
        at_the_desk = desk.measure(say)
    report.write(ratios, at_the_desk, rounds=ROUNDS, seconds=SECONDS, connections=CONNECTIONS, claims=CLAIMS)


def public_list() -> dict[str, float]:
    """How many answers a second, compared with each yardstick."""
    fill()
    with ExitStack() as stack:
        ports = {name: stack.enter_context(servers.serving(app, **env)) for name, (app, env) in APPLICATIONS.items()}
        check_same_bytes(ports)
        rounds = [measure(number, ports) for number in range(1, ROUNDS + 1)]
    return {name: statistics.median(r["Assay"] / r[name] for r in rounds) for name in ("bare", "stock")}


@contextmanager
def database() -> Iterator[None]:
    """A PostgreSQL in a folder of its own, which is gone afterwards; DATABASE_URL names it."""
    say("Starting a PostgreSQL of its own")
    with tempfile.TemporaryDirectory(prefix="assay-bench-") as folder:
        data = Path(os.path.realpath(folder))
        data.chmod(0o711)  # for the server's user to pass through
        (data / "static").mkdir()
        os.environ |= {"DATABASE_URL": embedded_postgres.url(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ |= {"DATA_DIR": str(data), "STATIC_ROOT": str(data / "static"), "DEBUG": "0"}
        with embedded_postgres.running(data, settings={"fsync": "off"}):
            django.setup()
            yield


def fill() -> None:
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


def check_same_bytes(ports: dict[str, int]) -> None:
    """What is compared is comparable: the bare application's answer is ours, byte for byte."""
    bodies = {}
    for name, port in ports.items():
        with load.Client(port, PATH) as client:
            bodies[name] = bytes(client.get())
    if bodies["bare"] != bodies["Assay"]:
        raise RuntimeError("The bare application and Assay do not answer the same.")
    say("Sizes of the answer, in kB: " + ", ".join(f"{name} {len(body) // 1000}" for name, body in bodies.items()))


def measure(number: int, ports: dict[str, int]) -> dict[str, float]:
    speeds = {
        name: load.requests_per_second(port, PATH, seconds=SECONDS, connections=CONNECTIONS)
        for name, port in ports.items()
    }
    to_bare, to_stock = speeds["Assay"] / speeds["bare"], speeds["Assay"] / speeds["stock"]
    say(f"Round {number} of {ROUNDS}: {to_bare:.2f} of bare, {to_stock:.1f} times stock")
    return speeds


def say(text: str) -> None:
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    main()
