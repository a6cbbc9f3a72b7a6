#!/usr/bin/env python
"""Django's commands; with no DATABASE_URL, the embedded PostgreSQL is up while one runs."""

import os
import signal
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line

from config import embedded_postgres


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    needed = embedded_postgres.wanted() and sys.argv[1:2] not in ([], ["help"], ["--help"], ["version"], ["--version"])
    try:
        with embedded_postgres.running(embedded_postgres.data_dir()) if needed else nullcontext():
            execute_from_command_line(sys.argv)
    except embedded_postgres.EmbeddedPostgresError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
