"""The list of claims at the desk, in a newsroom of many claims and in one of few: it should take about as long."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack

from bench import load, servers
from bench.desk_data import COMMON, RARE

FEW, MANY = 2_000, 200_000
LIST = "/admin/claims/claim/"
# Each finds a full page of claims, few as they are; but for the rare word, which is in three.
PAGES = {
    "first page": LIST,
    "page 2": f"{LIST}?p=2",
    "published": f"{LIST}?status=published",
    "being researched": f"{LIST}?status=researching",
    "assigned to me": f"{LIST}?assignee=me",
    "ongoing": f"{LIST}?status=ongoing",
    "searched, a rare word": f"{LIST}?q={RARE}",
    "searched, a common word": f"{LIST}?q={COMMON}",
    "the desk’s front page": "/admin/",
}
ROUNDS, TIMES = 9, 5


def measure(say: Callable[[str], None]) -> dict[str, float]:
    """How many times as long an answer takes with ``MANY`` claims as with ``FEW``, by what is asked for."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    with ExitStack() as stack:
        clients = {}
        for number in (FEW, MANY):
            say(f"Filling a desk with {number:,} claims")
            address, cookie = newsroom(number)
            port = stack.enter_context(servers.serving("config.wsgi", DATABASE_URL=address))
            clients[number] = (port, f"Cookie: sessionid={cookie}\r\n")
        ratios = {}
        for name, path in PAGES.items():
            rounds = [{number: seconds(*client, path) for number, client in clients.items()} for _ in range(ROUNDS)]
            few, many = (statistics.median(taken[number] for taken in rounds) for number in (FEW, MANY))
            ratios[name] = many / few
            say(f"{name}: {many / few:.2f} times as long ({few * 1000:.0f} and {many * 1000:.0f} ms)")
    return ratios


def newsroom(number: int) -> tuple[str, str]:
    """A database of its own with so many claims: its address, and the key of a session."""
    from django.db import connection

    name = f"desk_{number}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    address = os.environ["DATABASE_URL"].replace("/assay?", f"/{name}?")
    filling = [sys.executable, "-m", "bench.desk_data", str(number)]
    done = subprocess.run(
        filling, env=os.environ | {"DATABASE_URL": address}, stdout=subprocess.PIPE, text=True, check=True
    )
    return address, done.stdout.strip()


def seconds(port: int, headers: str, path: str) -> float:
    """The median of some answers, after one that warms it up."""
    taken = []
    with load.Client(port, path, headers=headers) as client:
        client.get()
        for _ in range(TIMES):
            start = time.perf_counter()
            client.get()
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)
