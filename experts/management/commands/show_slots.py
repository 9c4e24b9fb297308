from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chat.zones import zones
from experts.localtime import at_minute, stretches
from experts.models import Expert
from experts.services import rules_of
from experts.slots import Span, Taken, free_starts

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _zone(name: str) -> str:
    if name not in zones():
        raise ArgumentTypeError(f"{name} is not a time zone; use a name such as Europe/Berlin")
    return name


def _experts(words: list[str]) -> list[Expert]:
    found = [expert for expert in Expert.objects.all() if not words or {expert.name, expert.email} & set(words)]
    if missing := set(words) - {name for expert in found for name in (expert.name, expert.email)}:
        raise CommandError(f"There is no expert called {', '.join(sorted(missing))}.")
    return found


def table(experts: list[Expert], day: date, viewer: str | None) -> list[tuple[str, ...]]:
    """A line for each start that the expert's rules give on the expert's own date, as if nothing were booked.

    Neither notice nor horizon count: the question is what a date's clock does, not what can be booked today.
    """
    lines: list[tuple[str, ...]] = []
    for expert in experts:
        parts = stretches(expert.timezone, day)
        window = Span(at_minute(parts[0].start), at_minute(parts[-1].end)) if parts else Span(LONG_AGO, LONG_AGO)
        rules = rules_of([expert], window=window)[expert.pk]
        far = replace(rules, notice=0, horizon=(day - LONG_AGO.date()).days + 1)
        for start in free_starts(far, Taken(), now=LONG_AGO, window=window):
            clocks = [f"{start.astimezone(ZoneInfo(zone)):%a %H:%M %Z}" for zone in (expert.timezone, viewer) if zone]
            lines.append((expert.name, *clocks, f"{start:%Y-%m-%d %H:%M} UTC"))
    return lines


class Command(BaseCommand):
    help = "Print every time that experts' hours give on one of their own dates, over clock changes too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", type=date.fromisoformat, required=True, help="as 2026-10-25, the expert's date")
        parser.add_argument("--expert", action="append", default=[], help="name or email; again for more; else all")
        parser.add_argument("--viewer", type=_zone, help="a visitor's time zone, for one more column")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = table(_experts(options["expert"]), options["day"], options["viewer"])
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            cells = zip(line, widths, strict=True)
            self.stdout.write("  ".join(f"{text:{width}}" for text, width in cells).rstrip())
        self.stdout.write(f"{len(lines)} times")
