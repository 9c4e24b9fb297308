from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from experts.seeding import SEED, seed


class Command(BaseCommand):
    help = "Add the experts of a data file who are not in the database yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=SEED)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        self.stdout.write(f"{seed(file, today=timezone.now().date())} experts added")
