from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import ledger


class Command(BaseCommand):
    help = "Recompute every hash of the ledger and the link from each entry to its approval."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            for count, _entry in enumerate(ledger.verify(), start=1):
                if count % 10_000 == 0:
                    self.stdout.write(f"{count} entries are sound so far")
        except ledger.Broken as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"OK: {count} entries")
