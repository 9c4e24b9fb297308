from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.calendars.ics import BadCalendar, busy
from experts.slots import Span

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)
WEEK = Span(MONDAY, MONDAY + timedelta(days=7))


def feed(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20260101T000000Z", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def at(hour: int, day: int = 0, minutes: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minutes)


@pytest.mark.parametrize(
    ("event", "spans"),
    [
        ("DTSTART:20261130T100000Z|DTEND:20261130T110000Z", [(at(10), at(11))]),
        ("DTSTART;TZID=America/New_York:20261130T100000|DURATION:PT30M", [(at(15), at(15, minutes=30))]),
        ("DTSTART:20261130T100000|DTEND:20261130T110000", [(at(9), at(10))]),
        ("DTSTART;VALUE=DATE:20261201|DTEND;VALUE=DATE:20261202", [(at(-1, 1), at(23, 1))]),
        ("DTSTART:20261130T100000Z|DTEND:20261130T110000Z|TRANSP:TRANSPARENT", []),
        ("DTSTART:20261130T100000Z|DTEND:20261130T110000Z|STATUS:CANCELLED", []),
        ("DTSTART:20261130T100000Z|DTEND:20261130T100000Z", []),
        ("DTSTART:20261230T100000Z|DTEND:20261230T110000Z", []),
        (
            "DTSTART:20261130T100000Z|DTEND:20261130T110000Z|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20261201T100000Z",
            [(at(10), at(11)), (at(10, 2), at(11, 2))],
        ),
    ],
)
def test_what_keeps_an_expert_in_berlin_busy(event: str, spans: list[tuple[datetime, datetime]]) -> None:
    """K2"""
    assert busy(feed(event), zone="Europe/Berlin", window=WEEK) == [Span(*span) for span in spans]


def test_a_weekly_meeting_keeps_its_wall_time_over_a_clock_change() -> None:
    """K4"""
    window = Span(datetime(2026, 10, 19, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC))
    weekly = "DTSTART;TZID=Europe/Berlin:20261019T100000|DURATION:PT1H|RRULE:FREQ=WEEKLY"
    starts = [span.start.hour for span in busy(feed(weekly), zone="Europe/Berlin", window=window)]
    assert starts == [8, 9]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>not found</html>",
        b"BEGIN:VCALENDAR\r\n",
        feed("DTSTART:20261130T100000Z|DURATION:PT1S|RRULE:FREQ=SECONDLY"),
        feed("DTSTART:20200101T100000Z|DURATION:PT1M|RRULE:FREQ=MINUTELY;COUNT=99999999"),
    ],
)
def test_what_is_no_calendar_or_never_ends_is_refused(body: bytes) -> None:
    with pytest.raises(BadCalendar):
        busy(body, zone="Europe/Berlin", window=WEEK)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: feed(f"DTSTART:{text}", f"RRULE:{text}")))
def test_no_file_however_odd_breaks_the_reader(body: bytes) -> None:
    try:
        spans = busy(body, zone="Europe/Berlin", window=WEEK)
    except BadCalendar:
        return
    assert spans == sorted(spans)
