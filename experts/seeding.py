"""The experts of a data file, put into the database once."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from experts.holidays import mark
from experts.models import Expert, MeetingType, WeeklyHours

SEED = Path(__file__).parent / "seed.toml"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def open_hours(line: str) -> Iterator[tuple[int, int, int]]:
    """``mon-thu 09:00-17:00`` as (weekday, start, end) in minutes of the day."""
    days, _, times = line.partition(" ")
    first, _, last = days.partition("-")
    start, _, end = times.partition("-")
    for weekday in range(_WEEKDAYS.index(first), _WEEKDAYS.index(last or first) + 1):
        yield weekday, minutes(start), minutes(end)


def _add(spec: Mapping[str, Any], kinds: list[Mapping[str, Any]]) -> Expert:
    fields = {name: value for name, value in spec.items() if name != "hours"}
    expert = Expert.objects.create(**fields)
    WeeklyHours.objects.bulk_create(
        WeeklyHours(expert=expert, weekday=weekday, start=start, end=end)
        for line in spec["hours"]
        for weekday, start, end in open_hours(line)
    )
    MeetingType.objects.bulk_create(MeetingType(expert=expert, **kind) for kind in kinds)
    return expert


@transaction.atomic
def seed(path: Path = SEED, *, today: date) -> int:
    """Add the experts who are missing, by email, with their coming holidays; returns how many."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = set(Expert.objects.values_list("email", flat=True))
    missing = [spec for spec in data["experts"] if spec["email"] not in known]
    mark([_add(spec, data.get("meeting_types", [])) for spec in missing], today=today)
    return len(missing)
