"""`make bench` measures every part and writes docs/benchmarks.md; `python -m bench desk` measures the parts it names,
and writes their sections of it anew.
"""

import argparse
import signal
import sys
from importlib import import_module

from bench import report
from bench.database import database

# Modules, whose ``measure`` is given what tells how far it is, and returns its section of the report.
PARTS = ("record", "pages", "desk")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; by default all of them")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    say("Starting a PostgreSQL of its own")
    with database():
        # Not before Django is set up.
        sections = [import_module(f"bench.{name}").measure(say) for name in chosen]
    print(*sections, sep="\n")
    report.write(sections, others=chosen != list(PARTS))


def say(text: str) -> None:
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    main()
