"""The slot computation against a reading of its rules minute by minute, and on the days that break calendars."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.slots import Meeting, Rules, Span, Taken, explain, free_starts, nearest

MINUTE = timedelta(minutes=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CHANGES = {
    "Europe/Berlin": date(2026, 10, 25),
    "Europe/London": date(2027, 3, 28),
    "America/New_York": date(2026, 11, 1),
    "Australia/Lord_Howe": date(2026, 10, 4),
    "Africa/Cairo": date(2026, 10, 30),
    "America/Havana": date(2026, 11, 1),
    "Asia/Kathmandu": date(2026, 10, 25),
    "America/Sao_Paulo": date(2026, 10, 25),
}


def rules(zone: str = "Europe/Berlin", **fields: object) -> Rules:
    weekdays = {day: [(540, 1020)] for day in range(5)}
    return Rules(**{"timezone": zone, "weekly": weekdays, "duration": 30, "interval": 30, "horizon": 9999, **fields})  # type: ignore[arg-type]


def by_the_minute(given_rules: Rules, window: Span) -> list[datetime]:
    """S1 to S5, read literally: slow, and too simple to be wrong."""
    zone, minute = ZoneInfo(given_rules.timezone), window.start - timedelta(days=2)
    last = window.end + timedelta(minutes=given_rules.duration)
    open_since: dict[datetime, datetime] = {}
    while minute < last:
        local = minute.astimezone(zone)
        intervals = given_rules.overrides.get(local.date(), given_rules.weekly.get(local.weekday(), ()))
        if any(start <= local.hour * 60 + local.minute < end for start, end in intervals):
            before = minute - MINUTE
            same_run = before in open_since and before.astimezone(zone).date() == local.date()
            open_since[minute] = open_since[before] if same_run else minute
        minute += MINUTE
    return [
        start
        for start, anchor in open_since.items()
        if window.start <= start < window.end
        and (start - anchor) % timedelta(minutes=given_rules.interval) == timedelta(0)
        and all(start + n * MINUTE in open_since for n in range(given_rules.duration))
    ]


minutes_of_day = st.integers(0, 24).map(lambda hour: hour * 60) | st.integers(0, 1440)
intervals = st.tuples(minutes_of_day, minutes_of_day).filter(lambda pair: pair[0] < pair[1])
weeks = st.dictionaries(st.integers(0, 6), st.lists(intervals, max_size=3), min_size=4)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(sorted(CHANGES)),
    week=weeks,
    duration=st.sampled_from([15, 45, 60]),
    step=st.sampled_from([15, 30, 50]),
)
def test_the_starts_around_a_clock_change_are_those_read_minute_by_minute(
    zone: str, week: dict[int, list[tuple[int, int]]], duration: int, step: int
) -> None:
    """K4 K5"""
    midday = datetime.combine(CHANGES[zone], datetime.min.time(), UTC)
    window = Span(midday - timedelta(days=1), midday + timedelta(days=2))
    asked = rules(zone, weekly=week, duration=duration, interval=step)
    assert free_starts(asked, Taken(), now=LONG_AGO, window=window) == by_the_minute(asked, window)


instants = st.integers(0, 14 * 96).map(
    lambda quarter: datetime(2026, 10, 19, tzinfo=UTC) + timedelta(minutes=15 * quarter)
)


@settings(max_examples=60, deadline=None)
@given(meetings=st.lists(instants, max_size=12), before=st.integers(0, 40), after=st.integers(0, 40), now=instants)
def test_no_start_comes_nearer_to_a_meeting_than_both_buffers(
    meetings: list[datetime], before: int, after: int, now: datetime
) -> None:
    """K6 K7"""
    asked = rules(before=before, after=after)
    pad_before, length = timedelta(minutes=before), timedelta(minutes=30)
    taken = Taken([Meeting(m, Span(m - pad_before, m + length + timedelta(minutes=after))) for m in meetings])
    for start in free_starts(asked, taken, now=now, window=Span(now, now + timedelta(days=7))):
        assert all(abs(start - meeting) >= length + timedelta(minutes=before + after) for meeting in meetings)


@settings(max_examples=40, deadline=None)
@given(start=instants, length=st.integers(1, 5000))
def test_a_window_only_cuts_out(start: datetime, length: int) -> None:
    whole = free_starts(
        rules(), Taken(), now=LONG_AGO, window=Span(LONG_AGO + timedelta(days=2480), LONG_AGO + timedelta(days=2510))
    )
    part = Span(start, start + timedelta(minutes=length))
    assert free_starts(rules(), Taken(), now=LONG_AGO, window=part) == [s for s in whole if part.start <= s < part.end]


NINE = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # Monday, nine o'clock in Berlin
AWAY = Span(NINE, NINE + timedelta(hours=1))
BOOKED = Meeting(NINE, Span(NINE, NINE + timedelta(minutes=30)))
HELD = Meeting(NINE, Span(NINE, NINE + timedelta(minutes=30)), NINE + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("rule", "asked", "taken", "minutes"),
    [
        ("closed", rules(), Taken(), -60),
        ("off_grid", rules(), Taken(), 5),
        ("too_short", rules(duration=60), Taken(), 450),
        ("notice", rules(notice=10_000), Taken(), 0),
        ("horizon", rules(horizon=0), Taken(), 60 * 24),
        ("time_off", rules(time_off=[AWAY]), Taken(), 0),
        ("calendar", rules(), Taken(external=[AWAY]), 0),
        ("taken", rules(), Taken([BOOKED]), 0),
        ("held", rules(), Taken([HELD]), 0),
        ("cap", rules(cap=1), Taken([BOOKED]), 60),
    ],
)
def test_a_refusal_names_its_rule(rule: str, asked: Rules, taken: Taken, minutes: int) -> None:
    refusal = explain(asked, taken, now=NINE - timedelta(hours=2), start=NINE + timedelta(minutes=minutes))
    assert refusal is not None
    assert refusal.rule == rule
    assert refusal.blocking == (rule in ("taken", "held", "cap"))


def test_a_held_time_says_until_when() -> None:
    refusal = explain(rules(), Taken([HELD]), now=NINE, start=NINE)
    assert refusal is not None
    assert refusal.until == HELD.held_until


@pytest.mark.parametrize("start", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_ends_of_time_are_refused_like_any_other_start(start: datetime) -> None:
    assert explain(rules(horizon=60), Taken(), now=NINE, start=start) is not None


def test_the_nearest_starts_come_in_order_of_time() -> None:
    hours = [NINE + timedelta(hours=n) for n in range(6)]
    assert nearest(hours, NINE + timedelta(hours=2), 3) == hours[1:4]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2027, 3, 28), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("America/New_York", date(2027, 3, 14), 23),
        ("Africa/Cairo", date(2026, 10, 29), 25),
        ("America/Sao_Paulo", date(2026, 10, 25), 24),
        ("Asia/Kathmandu", date(2026, 10, 25), 24),
    ],
)
def test_a_whole_local_day_has_its_real_hours(zone: str, day: date, hours: int) -> None:
    """K4"""
    noon = datetime.combine(day, datetime.min.time(), UTC)
    always = rules(zone, weekly={}, overrides={day: [(0, 1440)]}, duration=60, interval=60)
    starts = free_starts(always, Taken(), now=LONG_AGO, window=Span(noon - timedelta(days=1), noon + timedelta(days=2)))
    assert len(starts) == hours
    assert {start.astimezone(ZoneInfo(zone)).date() for start in starts} == {day}
