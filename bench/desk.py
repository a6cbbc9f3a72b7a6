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
from bench.measured import Measured, line

FEW, MANY = 2_000, 200_000
LIST = "/admin/claims/claim/"
# Of each kind of filter one that many claims are like, and one that few are, as many in either newsroom.
PAGES = {
    "first page": LIST,
    "page 2": f"{LIST}?p=2",
    "status: published": f"{LIST}?status=published",
    "status: being researched": f"{LIST}?status=researching",
    "status: ongoing": f"{LIST}?status=ongoing",
    "assigned to me": f"{LIST}?assignee=me",
    "assigned to nobody": f"{LIST}?assignee=nobody",
    "overdue": f"{LIST}?due=overdue",
    "due within a week": f"{LIST}?due=week",
    "due on some day": f"{LIST}?due=any",
    "a rating": f"{LIST}?rating=rating-3",
    "a rare rating": f"{LIST}?rating={RARE}",
    "no rating yet": f"{LIST}?rating=none",
    "place: changed or lost": f"{LIST}?anchor=adrift",
    "place: moved": f"{LIST}?anchor=moved",
    "checkability: opinion": f"{LIST}?checkability=opinion",
    "checkability: too vague, which is rare": f"{LIST}?checkability=vague",
    "a speaker of a common name": f"{LIST}?speaker=social",
    "a speaker of a rare name": f"{LIST}?speaker={RARE}",
    "a speaker whose name has an “a”": f"{LIST}?speaker=a",
    "an outlet": f"{LIST}?outlet=17",
    "a rare outlet": f"{LIST}?outlet={RARE}",
    "a topic": f"{LIST}?topic=60",
    "all topics": f"{LIST}?topic=topic",
    "a rare topic": f"{LIST}?topic={RARE}",
    "stated in one month": f"{LIST}?stated_from=2022-07&stated_until=2022-07",
    "stated from a day on": f"{LIST}?stated_from=2022-07-12",
    "stated until a year of which there is little": f"{LIST}?stated_until=1999",
    "my desk: returned": f"{LIST}?desk=returned",
    "my desk: assigned": f"{LIST}?desk=assigned",
    "my desk: to review": f"{LIST}?desk=review",
    "my desk: ready to publish": f"{LIST}?desk=ready",
    "my desk: overdue": f"{LIST}?desk=overdue",
    "my desk: words changed or lost": f"{LIST}?desk=adrift",
    "several filters at once": f"{LIST}?status=published&outlet=17&topic=topic&stated_from=2022",
    "searched, a rare word": f"{LIST}?q={RARE}",
    "searched, a common word": f"{LIST}?q={COMMON}",
    "the desk’s front page": "/admin/",
}
TARGET = 2.0
FREE = {"/admin/"}
ROUNDS, TIMES = 9, 5
SECTION = f"""\
## The desk with many claims

How many times as long an answer takes with {MANY:,} claims as with {FEW:,}, in a newsroom where most are published:
two databases with all that belongs to claims, asked in turns by somebody who has signed in and has every role; medians.

| `GET {LIST}`: 50 claims | ratio | target | |
|---|---|---|---|
{{rows}}

A rare thing is one that as many claims have in either newsroom: a few among the oldest. No list counts all that there
is: it looks for the first {{counted:,}} that match, and says so if there are more. Filters and searches have indexes
(for words, of the trigrams of their capitals). The front page, which is not held to the target, counts in the same way.
"""


def measure(say: Callable[[str], None]) -> str:
    """How many times as long an answer takes with ``MANY`` claims as with ``FEW``, by what is asked for."""
    from django.core.management import call_command

    from sources.paging import COUNTED

    call_command("collectstatic", interactive=False, verbosity=0)
    with ExitStack() as stack:
        clients = {}
        for number in (FEW, MANY):
            say(f"Filling a desk with {number:,} claims")
            address, cookie = newsroom(number)
            server = stack.enter_context(servers.serving("config.wsgi", DATABASE_URL=address))
            clients[number] = (server.port, f"Cookie: sessionid={cookie}\r\n")
        ratios = {name: ratio(name, path, clients, say) for name, path in PAGES.items()}
    targets = {name: None if path in FREE else TARGET for name, path in PAGES.items()}
    rows = [line([Measured(name, ratio, targets[name], at_least=False)]) for name, ratio in ratios.items()]
    return SECTION.format(rows="\n".join(rows), counted=COUNTED)


def ratio(name: str, path: str, clients: dict[int, tuple[int, str]], say: Callable[[str], None]) -> float:
    rounds = [{number: seconds(*client, path) for number, client in clients.items()} for _ in range(ROUNDS)]
    few, many = (statistics.median(taken[number] for taken in rounds) for number in (FEW, MANY))
    say(f"{name}: {many / few:.2f} times as long ({few * 1000:.0f} and {many * 1000:.0f} ms)")
    return many / few


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
