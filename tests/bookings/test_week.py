"""The staff's week: what is in which half hour, also in the week in which the clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings import services
from bookings.week import Cell, Diary, Piece, grid, monday, strips, window
from chat.models import Session
from experts.models import Expert, ExternalBusy, ExternalCalendar, TimeOff
from experts.slots import Span
from tests.bookings.people import MONDAY, TEN, book, make_expert
from tests.staff import staff

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = date(2027, 3, 22), date(2026, 10, 19)
HOUR = timedelta(hours=1)


def local(*clock: int, zone: str = BERLIN) -> datetime:
    return datetime(*clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc, arg-type]  # year, month, …


def all_day(first: date) -> Diary:
    """Open around the clock, so that the grid has all its rows."""
    return Diary(open=[window(BERLIN, first)])


def cells(diary: Diary, first: date, day: int, clock: str, zone: str = BERLIN) -> list[Cell]:
    rows = {row.clock: row.days for row in grid(diary, zone=zone, first=first, now=MONDAY).rows}
    return rows[clock][day]


def test_a_week_is_as_long_as_its_clock_says() -> None:
    assert [span.end - span.start for span in (window(BERLIN, SPRING), window(BERLIN, AUTUMN))] == [
        167 * HOUR,
        169 * HOUR,
    ]


@pytest.mark.parametrize(("first", "clock", "starts"), [(SPRING, "02:30", []), (AUTUMN, "02:30", [30, 90])])
def test_a_time_that_is_skipped_has_no_cell_and_one_that_comes_twice_has_two(
    first: date, clock: str, starts: list[int]
) -> None:
    """K4; ``starts`` in minutes of the UTC day"""
    sunday = cells(all_day(first), first, 6, clock)
    assert [cell.start.hour * 60 + cell.start.minute for cell in sunday] == starts


@pytest.mark.parametrize("first", [SPRING, AUTUMN, date(2026, 11, 30)])
@pytest.mark.parametrize("zone", [BERLIN, "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"])
def test_the_cells_of_a_week_cover_it_once(first: date, zone: str) -> None:
    diary = Diary(open=[window(zone, first)])
    rows = grid(diary, zone=zone, first=first, now=MONDAY).rows
    starts = sorted(cell.start for row in rows for day in row.days for cell in day)
    assert len(set(starts)) == len(starts)
    assert (starts[0], starts[-1]) == (window(zone, first).start, window(zone, first).end - HOUR / 2)


def piece(kind: Any, since: datetime, minutes: int = 60) -> Piece:
    return Piece(kind, Span(since, since + timedelta(minutes=minutes)), kind)


def test_a_meeting_covers_every_half_hour_it_touches_and_is_named_in_the_first() -> None:
    diary = Diary(open=[Span(TEN, TEN + 4 * HOUR)], pieces=[piece("meeting", TEN + HOUR / 4)])
    shown = [cells(diary, MONDAY.date(), 0, clock)[0] for clock in ("10:00", "10:30", "11:00", "11:30")]
    assert [cell.state for cell in shown] == ["meeting", "meeting", "meeting", "open"]
    assert [[entry.clock for entry in cell.entries] for cell in shown] == [["10:15"], [], [], []]


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        (["away", "meeting"], "meeting"),
        (["elsewhere", "hold"], "hold"),
        (["elsewhere", "away"], "away"),
        ([], "free"),
    ],
)
def test_the_weightiest_thing_gives_a_half_hour_its_state(kinds: list[str], state: str) -> None:
    diary = Diary(open=[Span(TEN, TEN + HOUR)], free=[TEN], pieces=[piece(kind, TEN) for kind in kinds])
    assert cells(diary, MONDAY.date(), 0, "10:00")[0].state == state


def test_a_strip_counts_what_begins_on_its_day() -> None:
    late = local(2026, 11, 30, 23, 30)
    diary = Diary(pieces=[piece("meeting", late), piece("hold", TEN)], free=[TEN + HOUR, TEN + 2 * HOUR])
    shown = strips(diary, zone=BERLIN, first=MONDAY.date())
    assert [(day.meetings, day.holds, day.free) for day in shown[:2]] == [(1, 1, 2), (0, 0, 0)]
    assert [bar.minutes for day in shown[:2] for bar in day.bars if bar.state == "meeting"] == [30, 30]


def test_a_strip_paints_each_thing_in_its_own_state() -> None:
    kinds = ("meeting", "hold", "away", "elsewhere")
    pieces = [piece(kind, TEN + place * HOUR) for place, kind in enumerate(kinds)]
    day = strips(Diary(pieces=pieces, free=[TEN - HOUR]), zone=BERLIN, first=MONDAY.date())[0]
    painted = {bar.state: (bar.start // 60, bar.minutes) for bar in day.bars}
    assert painted == {"free": (9, 30), "meeting": (10, 60), "hold": (11, 60), "away": (12, 60), "elsewhere": (13, 60)}


def test_a_day_of_25_hours_has_a_longer_strip() -> None:
    assert [day.minutes for day in strips(Diary(), zone=BERLIN, first=AUTUMN)] == [1440] * 6 + [1500]


def test_a_week_begins_on_monday() -> None:
    assert monday(date(2026, 11, 29)) == date(2026, 11, 23)


@pytest.fixture
def monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def look(client: Client, **query: Any) -> Any:
    return client.get(reverse("admin:bookings_booking_week"), query)


def states(response: Any, day: int = 0) -> dict[str, str]:
    return {row.clock: row.days[day][0].state for row in response.context["grid"].rows if row.days[day]}


@pytest.fixture
def busy(ann: Expert, vera: Session, walid: Session, monday_morning: None) -> Expert:
    """Ann meets Vera at ten; eleven is held, noon is busy elsewhere, at one she is away."""
    book(vera, ann)
    services.hold_slot(session=walid, now=MONDAY, expert_id=ann.pk, start_time=TEN + HOUR)
    calendar = ExternalCalendar.objects.create(expert=ann)
    ExternalBusy.objects.create(expert=ann, calendar=calendar, start=TEN + 2 * HOUR, end=TEN + 3 * HOUR)
    TimeOff.objects.create(expert=ann, start=TEN + 3 * HOUR, end=TEN + 4 * HOUR)
    return ann


def test_staff_see_what_is_in_an_experts_day(busy: Expert) -> None:
    """A2 K2 K5"""
    shown = states(look(staff("Sales"), expert=busy.pk))
    clocks = ("08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "17:00")
    kinds = ("closed", "free", "meeting", "hold", "elsewhere", "away", "free", "closed")
    assert tuple(shown[clock] for clock in clocks) == kinds


def test_the_same_hour_is_shown_in_the_zone_that_is_chosen(busy: Expert) -> None:
    shown = states(look(staff("Sales"), expert=busy.pk, zone="Asia/Kathmandu"))
    assert shown["14:30"] == "meeting"


def test_a_click_says_why_a_time_is_not_offered(busy: Expert) -> None:
    response = look(staff("Sales"), expert=busy.pk, why="2026-11-30T09:00Z")
    assert "another meeting" in response.context["why"]["because"]
    assert "Monday 30 November, 10:00 (CET)" in response.content.decode()


@pytest.mark.parametrize("why", ["junk", "2026-11-30T09:00", "", "0001-01-01T00:00Z", "9999-12-31T23:59Z"])
def test_a_mistyped_address_is_no_fault(busy: Expert, why: str) -> None:
    query = {"expert": busy.pk, "zone": "Mars", "day": "31.31.", "why": why}
    assert look(staff("Sales"), **query).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_no_fault(busy: Expert, day: str) -> None:
    assert look(staff("Sales"), expert=busy.pk, day=day).status_code == 200


def test_weeks_are_turned_over(busy: Expert) -> None:
    sales = staff("Sales")
    following = sales.get(look(sales, expert=busy.pk).context["after"])
    assert following.context["days"][0] == date(2026, 12, 7)
    assert sales.get(following.context["before"]).context["days"][0] == date(2026, 11, 30)


def test_all_experts_are_shown_with_their_days(busy: Expert) -> None:
    make_expert("Bea")
    lines = look(staff("Sales"), zone=BERLIN).context["lines"]
    assert [(line.expert.name, line.strips[0].meetings, line.strips[0].free) for line in lines] == [
        ("Ann", 1, 10),
        ("Bea", 0, 16),
    ]


def test_viewers_see_the_week_without_names(busy: Expert) -> None:
    assert "Vera Stein" in look(staff("Sales"), expert=busy.pk).content.decode()
    shown = look(staff("Viewers"), expert=busy.pk)
    assert "Vera" not in shown.content.decode()
    assert states(shown)["10:00"] == "meeting"
