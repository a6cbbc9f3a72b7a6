"""Fill an empty database with one account a role and the seed article."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from claims import roles

# Readers are told who wrote and approved the verdicts on real statements: that these people are none.
FULL_NAMES = {
    "annotator": ("Anna", "Nott (demo)"),
    "researcher": ("Rosa", "Searle (demo)"),
    "reviewer": ("Rafael", "View (demo)"),
    "publisher": ("Paula", "Bligh (demo)"),
    "administrator": ("Adam", "Stratt (demo)"),
}
PASSWORDS = "demo_passwords.txt"


class Command(BaseCommand):
    help = "In a database without users, make one demo account a role and load the seeds; otherwise do nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            self.stdout.write("The database has users, so no demo accounts are made and no seeds loaded.")
            return
        roles.set_up()
        passwords = {role: os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9) for role in roles.names()}
        with transaction.atomic():
            for role, password in passwords.items():
                self.account(role, password)
            call_command("load_seeds", stdout=self.stdout)
            self.keep(passwords)

    def account(self, role: str, password: str) -> None:
        first_name, last_name = FULL_NAMES[role]
        user = User.objects.create_user(
            role, password=password, first_name=first_name, last_name=last_name, is_staff=True
        )
        user.groups.add(Group.objects.get(name=role))

    def keep(self, passwords: dict[str, str]) -> None:
        """Write the sign-ins into the data folder, for its owner's eyes only."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        path = settings.DATA_DIR / PASSWORDS
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text("".join(f"{role:<15}{password}\n" for role, password in passwords.items()))
