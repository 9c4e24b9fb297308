from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings import privacy, services
from bookings.models import Booking, BookingChange
from bookings.reservations import Actor
from chat.errors import Conflict, Invalid, NotOffered, SlotTaken
from chat.models import Event, Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book

SUNDAY = TEN - timedelta(days=1)
STAFF = Actor(kind=BookingChange.Actor.STAFF, name="Olga")
WITH_REASON = Actor(kind=BookingChange.Actor.STAFF, name="Olga", reason="The client flies out on Monday.")


def book_for(expert: Expert, start: object, actor: Actor, **fields: object) -> Booking:
    who = {"client_name": "Yan", "client_email": "yan@example.com", "timezone": "Asia/Tokyo"}
    outcome = services.book_for(now=MONDAY, expert_id=expert.pk, start_time=start, actor=actor, **who, **fields)  # type: ignore[arg-type]
    return Booking.objects.get(pk=outcome.result["booking_id"])


def test_staff_book_within_the_rules_without_a_reason(ann: Expert) -> None:
    booking = book_for(ann, TEN, STAFF)
    assert (booking.status, booking.session, booking.changes.get().name) == ("confirmed", None, "Olga")


def test_past_the_rules_needs_the_wish_and_a_reason(ann: Expert) -> None:
    with pytest.raises(NotOffered):
        book_for(ann, SUNDAY, STAFF)
    with pytest.raises(Invalid):
        book_for(ann, SUNDAY, STAFF, free_choice=True)
    booking = book_for(ann, SUNDAY, WITH_REASON, free_choice=True)
    assert booking.changes.get().reason == WITH_REASON.reason


def test_nobody_books_over_another_meeting(ann: Expert, vera: Session) -> None:
    """B2"""
    book(vera, ann)
    with pytest.raises(SlotTaken):
        book_for(ann, TEN + timedelta(minutes=15), WITH_REASON, free_choice=True)


def test_staff_move_a_booking_and_its_visitor_hears_of_it(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    services.reschedule_booking(
        session=None, now=MONDAY, booking_id=booking.pk, start_time=SUNDAY + timedelta(days=7), actor=WITH_REASON,
        free_choice=True,
    )  # fmt: skip
    assert Event.objects.filter(session=vera, type="booking_rescheduled").exists()


@pytest.mark.parametrize(("came", "status"), [(True, "completed"), (False, "no_show")])
def test_attendance_is_noted_once_the_meeting_has_begun(ann: Expert, vera: Session, came: bool, status: str) -> None:
    booking = book(vera, ann)
    with pytest.raises(Conflict):
        services.record_attendance(now=MONDAY, booking_id=booking.pk, came=came, actor=STAFF)
    services.record_attendance(now=TEN + timedelta(minutes=5), booking_id=booking.pk, came=came, actor=STAFF)
    booking.refresh_from_db()
    assert booking.status == status


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (TEN, "another meeting"),
        (TEN + timedelta(minutes=30), "is offered"),
        (TEN + timedelta(minutes=35), "do not start"),
        (SUNDAY + timedelta(days=7), "does not work"),
        (TEN - timedelta(days=3), "too soon"),
        (TEN + timedelta(days=300), "too far"),
    ],
)
def test_staff_are_told_why_a_time_is_not_offered(ann: Expert, vera: Session, start: object, words: str) -> None:
    book(vera, ann)
    assert words in services.explain(now=MONDAY, expert_id=ann.pk, start_time=start)  # type: ignore[arg-type]


def test_a_held_time_is_explained_with_its_end(ann: Expert, vera: Session) -> None:
    services.hold_slot(session=vera, now=MONDAY, expert_id=ann.pk, start_time=TEN)
    assert "until 08:10 UTC" in services.explain(now=MONDAY, expert_id=ann.pk, start_time=TEN)


def test_a_time_off_lists_the_meetings_it_would_hit(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    assert services.meetings_hit(expert=ann, start=TEN - timedelta(hours=1), end=TEN + timedelta(minutes=1)) == [
        booking
    ]
    assert services.meetings_hit(expert=ann, start=booking.end, end=booking.end + timedelta(days=1)) == []


def test_erasing_a_visitor_frees_the_time_and_forgets_the_name(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann, notes="call my mobile")
    services.erase(session=vera, now=MONDAY)
    booking.refresh_from_db()
    assert (booking.status, booking.client_name, booking.client_email, booking.notes) == ("cancelled", "", "", "")
    assert privacy.exported(vera) == []


def test_a_time_typed_on_the_wall_clock_keeps_its_length_over_a_clock_change(ann: Expert) -> None:
    """B7: an hour from half past one that night ends at half past three."""
    Expert.objects.filter(pk=ann.pk).update(duration=60)
    typed = datetime(2027, 3, 28, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    booking = book_for(ann, typed, WITH_REASON, free_choice=True)
    assert (booking.start, booking.end) == (
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        booking.start + timedelta(hours=1),
    )
