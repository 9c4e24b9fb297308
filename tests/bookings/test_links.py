from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from bookings import links
from bookings.models import Booking
from chat.models import Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book


@pytest.fixture
def booking(ann: Expert, vera: Session) -> Booking:
    return book(vera, ann)


def at_monday() -> time_machine.travel:
    return time_machine.travel(MONDAY, tick=False)


@at_monday()
def test_looking_at_a_cancel_link_changes_nothing(client: Client, booking: Booking) -> None:
    page = client.get(links.path(booking.pk, "cancel"))
    booking.refresh_from_db()
    assert (page.status_code, booking.status) == (200, "confirmed")


@at_monday()
def test_posting_to_a_cancel_link_cancels_and_may_be_repeated(client: Client, booking: Booking) -> None:
    """B6"""
    answers = [client.post(links.path(booking.pk, "cancel"), {"reason": "ill"}).status_code for _ in range(2)]
    booking.refresh_from_db()
    assert (answers, booking.status, booking.sequence) == ([200, 200], "cancelled", 1)


@at_monday()
def test_the_expert_cancels_in_the_experts_name(client: Client, booking: Booking) -> None:
    client.post(links.path(booking.pk, "cancel", "expert"))
    assert booking.changes.get(action="cancel").actor == "expert"


@at_monday()
def test_a_booking_moves_to_one_of_the_times_shown(client: Client, booking: Booking) -> None:
    path, wanted = links.path(booking.pk, "reschedule"), TEN + timedelta(hours=2)
    assert wanted.isoformat() in client.get(path).content.decode()
    client.post(path, {"start": wanted.isoformat()})
    booking.refresh_from_db()
    assert (booking.start, booking.sequence) == (wanted, 1)


@at_monday()
def test_a_time_that_has_gone_is_answered_with_others(client: Client, booking: Booking, walid: Session) -> None:
    wanted = TEN + timedelta(hours=2)
    book(walid, booking.expert, wanted)
    page = client.post(links.path(booking.pk, "reschedule"), {"start": wanted.isoformat()})
    assert page.status_code == 409
    assert (wanted + timedelta(minutes=30)).isoformat() in page.content.decode()


@pytest.mark.parametrize("start", ["", "tomorrow", "2026-11-30T09:00:00", "0001-01-01T00:00:00+00:00"])
def test_what_is_no_time_is_refused(client: Client, booking: Booking, start: str) -> None:
    page = client.post(links.path(booking.pk, "reschedule"), {"start": start})
    assert page.status_code in (409, 422)


@at_monday()
@pytest.mark.parametrize(("language", "word"), [("de", "Anderen Termin wählen"), ("ar", 'dir="rtl"'), ("xx", "Choose")])
def test_the_page_speaks_the_visitors_language(client: Client, booking: Booking, language: str, word: str) -> None:
    Booking.objects.update(language=language)
    assert word in client.get(links.path(booking.pk, "reschedule")).content.decode()


def test_a_link_serves_one_purpose(client: Client, booking: Booking) -> None:
    """Q1"""
    token = links.token(booking.pk, "ics")
    assert client.post(f"/bookings/cancel/{token}/").status_code == 404
    assert client.post(f"/bookings/cancel/{token[:-1]}x/").status_code == 404


def test_the_calendar_file_says_how_it_stands(client: Client, booking: Booking) -> None:
    answer = client.get(links.ics_path(booking.pk))
    calendar = Calendar.from_ical(answer.content)
    assert calendar.events[0].start == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert answer["Content-Type"].startswith("text/calendar")
