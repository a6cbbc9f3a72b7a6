from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from claims import projection


class Command(BaseCommand):
    help = "Make the published claims anew from the ledger alone; readers see the old ones until it is done."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-behind", action="store_true", help="do nothing if the newest entry is in it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_behind"] and not projection.is_behind():
            return
        self.stdout.write(f"Rebuilt {projection.rebuild()} published claims from the ledger")
