"""Calendar objects, parsed back and read line by line as RFC 5545 writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bookings.invite import Invite, Method, Person, render

TEN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=80)


def invite(name: str = "Vera", sequence: int = 0) -> Invite:
    return Invite(
        uid="1@unobot",
        sequence=sequence,
        start=TEN,
        end=TEN + timedelta(minutes=30),
        stamped=TEN - timedelta(days=1),
        summary=f"{name} × Ann",
        description="Line one\nline two; and, more",
        link="https://meet.example.com/a",
        organizer=Person("UnoBot", "unobot@example.com"),
        attendees=(Person(name, "vera@example.com"), Person("Ann", "ann@example.com")),
    )


def unfolded(body: bytes) -> list[str]:
    """By hand: a second reading beside the library's own."""
    assert body.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    return body.replace(b"\r\n ", b"").decode().split("\r\n")


@given(names)
def test_any_name_survives_the_way_into_a_calendar(name: str) -> None:
    """N3"""
    body = render(invite(name), "REQUEST")
    assert str(Calendar.from_ical(body).events[0]["SUMMARY"]) == f"{name} × Ann"
    assert sum(line.startswith("ATTENDEE") for line in unfolded(body)) == 2


@pytest.mark.parametrize(("method", "status", "alarms"), [("REQUEST", "CONFIRMED", 1), ("CANCEL", "CANCELLED", 0)])
def test_the_lines_are_those_a_calendar_client_looks_for(method: Method, status: str, alarms: int) -> None:
    """N3 B6"""
    lines = unfolded(render(invite(sequence=2), method))
    for line in (
        f"METHOD:{method}", f"STATUS:{status}", "UID:1@unobot", "SEQUENCE:2", "DTSTAMP:20261129T090000Z",
        "DTSTART:20261130T090000Z", "DTEND:20261130T093000Z", "LOCATION:https://meet.example.com/a",
    ):  # fmt: skip
        assert line in lines
    assert any(line.startswith("ORGANIZER") and line.endswith("mailto:unobot@example.com") for line in lines)
    assert lines.count("BEGIN:VALARM") == alarms
