"""``manage.py converse FILE…``: play visitors' scripts against the consultant and print what it understood."""

import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from chat.consultant.rehearsal import Report, play


class Command(BaseCommand):
    help = "Play scripts of a visitor's answers against the consultant; the format is in chat/consultant/rehearsal.py."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--transcript", action="store_true", help="print what was said, too")

    def handle(self, *args: Any, **options: Any) -> None:
        reports = [self._play(path, transcript=options["transcript"]) for path in options["files"]]
        right = sum(len(report.right) for report in reports)
        total = right + sum(len(report.wrong) + len(report.missing) for report in reports)
        self.stdout.write(f"facts right: {right} of {total} ({right / max(total, 1):.3f})")
        if any(report.forbidden or report.late for report in reports):
            raise CommandError("A fact was held that must not be, or a PRD came late.")

    def _play(self, path: Path, *, transcript: bool) -> Report:
        script = json.loads(path.read_text(encoding="utf-8"))
        now = datetime.fromisoformat(script["now"]) if "now" in script else timezone.now()
        report = play(script, now=now)
        if transcript:
            for who, text in report.transcript:
                self.stdout.write(f"  {who}: {text}")
        turns = report.turns_to_prd if report.turns_to_prd is not None else "no PRD"
        self.stdout.write(f"{path.name}: {report.share:.2f} right, visitor turns to the PRD: {turns}")
        for name in ("right", "wrong", "missing", "forbidden", "asked_again"):
            for label in getattr(report, name):
                self.stdout.write(f"  {name.replace('_', ' ')}: {label}")
        return report
