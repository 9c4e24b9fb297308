"""Whole days on which clocks change, and their like where none do: the starts, as the wall clock there reads."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from experts.localtime import at_minute, stretches
from experts.models import Expert, WeeklyHours
from experts.slots import Rules, Span, Taken, free_starts

AROUND_THE_CLOCK = {day: [(0, 1440)] for day in range(7)}
NIGHT_SHIFT = {day: [(60, 240)] for day in range(7)}
OFFICE = {day: [(540, 1020)] for day in range(7)}

HOURLY = [f"{hour:02}:00" for hour in range(24)]
DAYS: list[tuple[str, date, list[str]]] = [
    # Europe goes back at 01:00 UTC on 25 October 2026: one hour comes twice.
    ("Europe/Berlin", date(2026, 10, 25), [*HOURLY[:3], "02:00", *HOURLY[3:]]),
    ("Europe/Vienna", date(2026, 10, 25), [*HOURLY[:3], "02:00", *HOURLY[3:]]),
    ("Europe/London", date(2026, 10, 25), [*HOURLY[:2], "01:00", *HOURLY[2:]]),
    ("Europe/Lisbon", date(2026, 10, 25), [*HOURLY[:2], "01:00", *HOURLY[2:]]),
    ("Europe/Athens", date(2026, 10, 25), [*HOURLY[:4], "03:00", *HOURLY[4:]]),
    ("Europe/Istanbul", date(2026, 10, 25), HOURLY),
    # and forward at 01:00 UTC on 28 March 2027: one hour is skipped.
    ("Europe/Berlin", date(2027, 3, 28), [*HOURLY[:2], *HOURLY[3:]]),
    ("Europe/Vienna", date(2027, 3, 28), [*HOURLY[:2], *HOURLY[3:]]),
    ("Europe/London", date(2027, 3, 28), [HOURLY[0], *HOURLY[2:]]),
    ("Europe/Lisbon", date(2027, 3, 28), [HOURLY[0], *HOURLY[2:]]),
    ("Europe/Athens", date(2027, 3, 28), [*HOURLY[:3], *HOURLY[4:]]),
    ("Europe/Istanbul", date(2027, 3, 28), HOURLY),
    # New York changes at 02:00 of its own clock, on other Sundays.
    ("America/New_York", date(2026, 10, 25), HOURLY),
    ("America/New_York", date(2026, 11, 1), [*HOURLY[:2], "01:00", *HOURLY[2:]]),
    ("America/New_York", date(2027, 3, 14), [*HOURLY[:2], *HOURLY[3:]]),
    ("America/New_York", date(2027, 3, 28), HOURLY),
    # Lord Howe moves by half an hour: the grid keeps its elapsed hour, so the wall clock reads half past from then on,
    # and the last meeting goes on into the next day, which is open too.
    ("Australia/Lord_Howe", date(2026, 10, 4), [*HOURLY[:2], *(f"{hour:02}:30" for hour in range(2, 24))]),
    ("Australia/Lord_Howe", date(2027, 4, 4), [*HOURLY[:2], *(f"{hour:02}:30" for hour in range(1, 24))]),
    # Cairo goes forward at midnight and back at midnight, so a date begins at 01:00 and another ends twice.
    ("Africa/Cairo", date(2026, 4, 24), HOURLY[1:]),
    ("Africa/Cairo", date(2026, 10, 29), [*HOURLY, "23:00"]),
    ("Africa/Cairo", date(2026, 10, 30), HOURLY),
    # São Paulo gave up summer time in 2019, Nepal never had it and stands 45 minutes off the hour.
    ("America/Sao_Paulo", date(2026, 10, 25), HOURLY),
    ("America/Sao_Paulo", date(2018, 11, 4), HOURLY[1:]),
    ("America/Sao_Paulo", date(2018, 2, 17), [*HOURLY, "23:00"]),
    ("Asia/Kathmandu", date(2026, 10, 25), HOURLY),
    ("Asia/Kathmandu", date(2027, 3, 28), HOURLY),
]


def starts(zone: str, day: date, weekly: dict[int, list[tuple[int, int]]]) -> list[datetime]:
    rules = Rules(timezone=zone, weekly=weekly, duration=60, interval=60, horizon=99999)
    parts = stretches(zone, day)
    window = Span(at_minute(parts[0].start), at_minute(parts[-1].end))
    return free_starts(rules, Taken(), now=datetime(2000, 1, 1, tzinfo=UTC), window=window)


def clocks(instants: list[datetime], zone: str) -> list[str]:
    return [f"{start.astimezone(ZoneInfo(zone)):%H:%M}" for start in instants]


@pytest.mark.parametrize(
    ("zone", "day", "expected"), DAYS, ids=lambda value: None if isinstance(value, list) else str(value)
)
def test_a_whole_day_has_the_hours_that_its_clock_shows(zone: str, day: date, expected: list[str]) -> None:
    """K4"""
    offered = starts(zone, day, AROUND_THE_CLOCK)
    assert clocks(offered, zone) == expected
    assert {start.astimezone(ZoneInfo(zone)).date() for start in offered} == {day}


@pytest.mark.parametrize(("zone", "day"), [(zone, day) for zone, day, _ in DAYS])
def test_office_hours_read_the_same_on_every_day(zone: str, day: date) -> None:
    """K5: the clocks have changed before people come to work."""
    assert clocks(starts(zone, day, OFFICE), zone) == HOURLY[9:17]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 25), ["23:00", "00:00", "01:00", "02:00"]),
        (date(2027, 3, 28), ["00:00", "01:00"]),
        (date(2027, 3, 29), ["23:00", "00:00", "01:00"]),
    ],
)
def test_a_night_shift_gains_and_loses_the_hour(day: date, expected: list[str]) -> None:
    """From one to four in Berlin, as UTC reads."""
    assert clocks(starts("Europe/Berlin", day, NIGHT_SHIFT), "UTC") == expected


@pytest.fixture
def berta(db: None) -> Expert:
    expert = Expert.objects.create(name="Berta", email="berta@example.com", role="Baker", timezone="Europe/Berlin")
    WeeklyHours.objects.create(expert=expert, weekday=6, start=60, end=240)
    return expert


def shown(**options: Any) -> list[str]:
    out = StringIO()
    call_command("show_slots", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_command_shows_both_clocks_of_a_day_that_repeats_an_hour(berta: Expert) -> None:
    lines = shown(day=date(2026, 10, 25), expert=["Berta"], viewer="Asia/Kathmandu")
    assert lines[2:6] == [
        "Berta  Sun 02:00 CEST  Sun 05:45 +0545  2026-10-25 00:00 UTC",
        "Berta  Sun 02:30 CEST  Sun 06:15 +0545  2026-10-25 00:30 UTC",
        "Berta  Sun 02:00 CET   Sun 06:45 +0545  2026-10-25 01:00 UTC",
        "Berta  Sun 02:30 CET   Sun 07:15 +0545  2026-10-25 01:30 UTC",
    ]
    assert lines[-1] == "8 times"


def test_the_command_skips_the_hour_that_is_not(berta: Expert) -> None:
    assert [line.split()[2] for line in shown(day=date(2027, 3, 28))[:-1]] == ["01:00", "01:30", "03:00", "03:30"]


def test_a_date_that_a_zone_never_had_has_no_times(berta: Expert) -> None:
    """Samoa went from the 29th to the 31st."""
    Expert.objects.update(timezone="Pacific/Apia")
    assert shown(day=date(2011, 12, 30)) == ["0 times"]


def test_an_expert_nobody_knows_is_named(berta: Expert) -> None:
    with pytest.raises(CommandError, match="Zoe"):
        shown(day=date(2026, 10, 25), expert=["Berta", "Zoe"])
