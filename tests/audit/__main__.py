"""`make audit` has public pages judged by programs that need Node.js and Java; `python -m tests.audit html` by the
checks it names. Exits with 1 if any finds a fault.
"""

import argparse
import signal
import sys
from collections.abc import Callable

from tests.audit.surroundings import surroundings

# What each record is judged by, in this order; they are explained in tests.audit.records.
CHECKS = {
    "nothing": ("html", "feeds"),
    "exhibits": ("html", "feeds"),
    "seeds": ("html", "feeds", "lighthouse"),
    "ten-thousand": ("html", "feeds", "layout"),
}
NAMES = ("html", "feeds", "layout", "lighthouse")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("checks", nargs="*", metavar="check", help=f"{', '.join(NAMES)}; by default all of them")
    chosen = parser.parse_args().checks or list(NAMES)
    if unknown := set(chosen) - set(NAMES):
        parser.error(f"There is no check {', '.join(sorted(unknown))}.")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    with surroundings():
        faults = judged(chosen)
    sys.exit("\n".join([*faults, f"{len(faults)} faults"]) if faults else 0)


def judged(chosen: list[str]) -> list[str]:
    # Not before Django is set up.
    from tests.audit import feeds, html, layout, lighthouse, records

    checks: dict[str, Callable[[str, records.Paths], list[str]]] = {
        "html": html.faults,
        "feeds": feeds.faults,
        "layout": layout.faults,
        "lighthouse": lighthouse.faults,
    }
    faults = []
    for record, names in CHECKS.items():
        if wanted := [name for name in names if name in chosen]:
            with records.served(record) as (home, paths):
                for name in wanted:
                    print(f"— {record}: {name}", flush=True)
                    faults += [f"{record}: {name}: {fault}" for fault in checks[name](home, paths)]
    return faults


if __name__ == "__main__":
    main()
