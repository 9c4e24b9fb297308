"""The staff's pages about meetings. The clock stands before the meeting unless a test moves it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from bookings import services
from bookings.models import Booking
from chat.models import Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book
from tests.staff import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def meeting(ann: Expert, vera: Session) -> Booking:
    return book(vera, ann, notes="Gate 4, <b>ring</b>")


def do(client: Client, booking: Booking, deed: str, **fields: str) -> Any:
    return client.post(reverse("admin:bookings_booking_do", args=[booking.pk, deed]), fields, follow=True)


def page(client: Client, booking: Booking) -> str:
    return client.get(reverse("admin:bookings_booking_change", args=[booking.pk])).content.decode()


def test_a_meeting_is_shown_at_both_sides_time(meeting: Booking) -> None:
    shown = page(staff("Sales"), meeting)
    assert "Monday 30 November 2026, 10:00 (CET)" in shown
    assert "Monday 30 November 2026, 09:00 (GMT)" in shown
    assert "&lt;b&gt;ring&lt;/b&gt;" in shown


def test_holds_and_bookings_are_told_apart(ann: Expert, vera: Session, walid: Session) -> None:
    book(vera, ann)
    services.hold_slot(session=walid, now=MONDAY, expert_id=ann.pk, start_time=TEN + timedelta(hours=1))
    shown = staff("Sales").get(reverse("admin:bookings_booking_changelist")).content.decode()
    assert "held until 08:10 UTC" in shown
    assert "Confirmed" in shown


def test_staff_cancel_with_a_reason_that_the_record_keeps(meeting: Booking) -> None:
    do(staff("Sales", "olga"), meeting, "cancel", reason="The expert is ill.")
    meeting.refresh_from_db()
    last = meeting.changes.last()
    assert last is not None
    told = (meeting.status, last.actor, last.name, last.reason)
    assert told == ("cancelled", "staff", "olga", "The expert is ill.")


def test_a_cancel_needs_a_reason(meeting: Booking) -> None:
    assert "Reason: This field is required." in do(staff("Sales"), meeting, "cancel").content.decode()
    meeting.refresh_from_db()
    assert meeting.status == "confirmed"


def test_staff_move_a_meeting_to_a_free_time(meeting: Booking) -> None:
    noon = TEN + timedelta(hours=2)
    do(staff("Sales"), meeting, "move", start=noon.isoformat())
    meeting.refresh_from_db()
    assert (meeting.start, meeting.sequence) == (noon, 1)


def test_a_taken_time_is_not_on_offer(meeting: Booking, ann: Expert, walid: Session) -> None:
    taken = TEN + timedelta(hours=2)
    book(walid, ann, taken)
    response = do(staff("Sales"), meeting, "move", start=taken.isoformat())
    assert "is not one of the available choices" in response.content.decode()


def test_past_the_rules_a_time_is_typed_in_the_experts_zone(meeting: Booking) -> None:
    do(staff("Sales"), meeting, "override", start="2026-12-05T18:00", reason="Only Saturday suits.")
    meeting.refresh_from_db()
    assert meeting.start.isoformat() == "2026-12-05T17:00:00+00:00"


def test_attendance_is_noted(meeting: Booking) -> None:
    sales = staff("Sales")
    assert "has not taken place" in do(sales, meeting, "no-show").content.decode()
    with time_machine.travel(meeting.end):
        do(sales, meeting, "no-show")
    meeting.refresh_from_db()
    assert meeting.status == "no_show"


def wish(ann: Expert, start: str = "2026-11-30T10:00", **fields: str) -> dict[str, str]:
    who = {"client_name": "Yan Li", "client_email": "yan@example.com", "timezone": "Asia/Tokyo"}
    return {"expert": str(ann.pk), "start": start, **who, **fields}


def ask(client: Client, form: dict[str, str]) -> str:
    return client.post(reverse("admin:bookings_booking_add"), form, follow=True).content.decode()


def test_staff_book_for_somebody_on_the_phone(ann: Expert) -> None:
    ask(staff("Sales"), wish(ann))
    booking = Booking.objects.get()
    assert (booking.start, booking.client_name, booking.session) == (TEN, "Yan Li", None)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("2026-11-30T10:00", "is offered"),
        ("2026-12-06T10:00", "does not work"),
        ("2027-03-28T02:30", "interpreted"),
        ("", "required"),
    ],
)
def test_staff_are_told_why_a_time_is_not_offered(ann: Expert, start: str, words: str) -> None:
    assert words in ask(staff("Sales"), wish(ann, start, explain="1"))
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"expert": "junk"}, {"expert": ""}, {"client_email": "yan"}, {"timezone": "Mars"}, {"past_rules": "on"}],
)
def test_a_wish_that_lacks_something_books_nothing(ann: Expert, change: dict[str, str]) -> None:
    ask(staff("Sales"), {**wish(ann), **change})
    assert not Booking.objects.exists()


SECRETS = ("Vera", "vera@example.com", "Gate 4", "meet.jit.si", "olga", "ill")


def test_viewers_read_no_personal_data_of_a_meeting(meeting: Booking) -> None:
    do(staff("Sales", "olga"), meeting, "cancel", reason="ill")
    viewer = staff("Viewers")
    urls = [reverse("admin:bookings_booking_changelist"), reverse("admin:index")]
    urls += [reverse("admin:chat_session_change", args=[meeting.session_id])]
    shown = page(viewer, meeting) + "".join(viewer.get(url).content.decode() for url in urls)
    assert not [secret for secret in SECRETS if f" {secret}" in shown or f">{secret}" in shown or f"/{secret}" in shown]


def test_viewers_change_no_meeting(meeting: Booking) -> None:
    viewer = staff("Viewers")
    for deed in ("cancel", "move", "override", "completed", "no-show"):
        assert do(viewer, meeting, deed, reason="x").status_code == 403
    assert viewer.get(reverse("admin:bookings_booking_add")).status_code == 403


def test_viewers_cannot_find_a_visitor_by_filtering(meeting: Booking) -> None:
    url = reverse("admin:bookings_booking_changelist")
    assert staff("Viewers").get(url, {"client_email__startswith": "vera"}).status_code == 400
    assert staff("Viewers", "walt").get(url, {"q": "vera"}).context["cl"].result_count == 0
    assert staff("Sales").get(url, {"q": "vera"}).context["cl"].result_count == 1


@pytest.mark.parametrize(("time", "counted"), [("today", 1), ("ahead", 1), ("past", 0)])
def test_meetings_are_narrowed_down_by_time(meeting: Booking, time: str, counted: int) -> None:
    found = staff("Sales").get(reverse("admin:bookings_booking_changelist"), {"time": time})
    assert found.context["cl"].result_count == counted


def test_the_first_page_tells_of_the_meetings_of_the_day(meeting: Booking) -> None:
    """A3"""
    shown = staff("Sales").get(reverse("admin:index"))
    assert {tile.label: tile.count for tile in shown.context["tiles"]}["Bookings today"] == 1
    assert [(step.count, step.share) for step in shown.context["funnel"]] == [(1, 100), (0, 0), (0, 0), (1, 100)]
