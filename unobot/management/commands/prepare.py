"""Make an empty or older database ready to serve: its tables, the example experts, the first administrator."""

import secrets
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # migrate makes its own, and some need the tables

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--administrator", action="store_true", help="make one unless there is one; tell its password"
        )

    def handle(self, *args: Any, administrator: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_experts", stdout=self.stdout)
        users = get_user_model().objects
        if administrator and not users.filter(is_superuser=True).exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", "", password)
            self.stdout.write(f"administrator: user admin, password {password} (shown only this once)")
