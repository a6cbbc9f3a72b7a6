from typing import Any

from django.core.management.base import BaseCommand

from claims import projection


class Command(BaseCommand):
    help = "Make the published claims anew from the ledger alone; readers see the old ones until it is done."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Rebuilt {projection.rebuild()} published claims from the ledger")
