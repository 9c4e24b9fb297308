import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chat.taxonomy.index import shipped
from experts.matching.cases import rankings


class Command(BaseCommand):
    help = "Rank the experts of a matching-cases/1 file and print {need id: [expert ids, best first]} as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a matching-cases/1 JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = json.loads(options["file"].read_text(encoding="utf-8"))
            order = rankings(cases, shipped())
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        self.stdout.write(json.dumps(order, indent=1))
