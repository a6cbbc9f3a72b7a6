"""Everything as NDJSON, against psql's \\copy of the same column; and what memory the server takes for it."""

import http.client
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import psql
from bench.measured import Measured, Say

PATH = "/api/v1/exports/claims.ndjson"
CHUNK = 2**20
ROUNDS = 3


def measure(port: int, pid: int, say: Say) -> list[Measured]:
    """``pid`` is of the server's first process."""
    ratios, grown = [], []
    for number in range(1, ROUNDS + 1):
        copied = psql.copy()
        with watched(pid) as memory:
            exported, size = taken(port)
        ratios.append(copied / exported)
        grown.append(max(memory) - memory[0])
        say(f"export, round {number}: {size / 2**20 / exported:.0f} MB/s, psql {size / 2**20 / copied:.0f} MB/s")
    return [
        Measured("export of everything, of \\copy", statistics.median(ratios), 0.3),
        Measured("export: the server's memory grows by MB", max(grown) / 2**20, 50, at_least=False),
    ]


def taken(port: int) -> tuple[float, int]:
    """Seconds and bytes."""
    start, size = time.perf_counter(), 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", PATH)
    answer, buffer = connection.getresponse(), bytearray(CHUNK)
    while number := answer.readinto(buffer):
        size += number
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"The export answered {answer.status}.")
    return time.perf_counter() - start, size


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The bytes of memory that a process and its children have, again and again while the block runs."""
    seen, done = [resident(pid)], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            seen.append(resident(pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def resident(pid: int) -> int:
    """Without what they share with others, which they have but once."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(anonymous(process) for process in [str(pid), *children])


def anonymous(pid: str) -> int:
    [kilobytes] = (
        line.split()[1] for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("RssAnon:")
    )
    return int(kilobytes) * 1024
