import signal
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import export_files


class Command(BaseCommand):
    help = "Write the public record as dated, compressed files with checksums; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--gzip", type=int, choices=range(10), default=6, metavar="LEVEL", help="0 to 9")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with cleaning_up():
                new = export_files.write(options["folder"], level=options["gzip"], tell=self.tell)
        except OSError as error:
            raise CommandError(f"Nothing was exported.\n{error}") from None
        self.stdout.write(f"Exported to {options['folder']}" if new else "All of it is there already")

    def tell(self, text: str) -> None:
        self.stderr.write(text, str)


@contextmanager
def cleaning_up() -> Iterator[None]:
    """Told to end, it does as when it is interrupted, and leaves nothing behind."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
