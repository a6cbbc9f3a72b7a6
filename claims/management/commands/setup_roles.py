from typing import Any

from django.core.management.base import BaseCommand

from claims import roles


class Command(BaseCommand):
    help = "Make the roles' groups and give them their permissions (claims/roles.py); safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        roles.set_up()
        if options["verbosity"]:
            self.stdout.write(f"Roles: {', '.join(roles.names())}.")
