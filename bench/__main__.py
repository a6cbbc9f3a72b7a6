"""`make bench` measures every part and writes docs/benchmarks.md; `python -m bench desk` measures the parts it names,
and writes their sections of it anew.
"""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django

from bench import report
from config import embedded_postgres

# Modules, whose ``measure`` is given what tells how far it is, and returns its section of the report.
PARTS = ("record", "desk")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; by default all of them")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with database():
        # Not before Django is set up.
        sections = [import_module(f"bench.{name}").measure(say) for name in chosen]
    print(*sections, sep="\n")
    report.write(sections, others=chosen != list(PARTS))


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


def say(text: str) -> None:
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    main()
