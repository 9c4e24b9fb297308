"""Whatever becomes of a booking stands in its record, also what the clock does and what one booking does to others."""

from datetime import timedelta

import pytest
import time_machine

from bookings import services, tasks
from bookings.models import Booking, BookingChange
from chat.models import Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book

OVER = TEN + timedelta(hours=1)


def recorded(booking: Booking) -> list[tuple[str, ...]]:
    rows = BookingChange.objects.filter(booking=booking).order_by("id")
    return list(rows.values_list("action", "actor", "before__status", "after__status"))


def complete() -> None:
    with time_machine.travel(OVER, tick=False):
        tasks.complete_meetings()


def test_the_clock_completes_a_meeting_and_leaves_a_row(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    complete()
    complete()
    booking.refresh_from_db()
    assert booking.status == "completed"
    assert recorded(booking)[1:] == [("complete", "system", "confirmed", "completed")]


def test_a_no_show_that_staff_have_noted_is_left_as_it_is(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    Booking.objects.update(status="no_show")
    complete()
    booking.refresh_from_db()
    assert (booking.status, len(recorded(booking))) == ("no_show", 1)


def test_a_meeting_that_goes_on_is_not_complete(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    with time_machine.travel(TEN + timedelta(minutes=29), tick=False):
        tasks.complete_meetings()
    booking.refresh_from_db()
    assert booking.status == "confirmed"


@pytest.mark.parametrize("told", [False, True])
def test_a_lapsed_hold_that_is_pushed_aside_leaves_one_row(
    ann: Expert, vera: Session, walid: Session, told: bool
) -> None:
    services.hold_slot(session=vera, now=MONDAY, expert_id=ann.pk, start_time=TEN)
    hold = Booking.objects.get()
    book(walid, ann, now=MONDAY + timedelta(minutes=10))
    if told:
        with time_machine.travel(MONDAY + timedelta(minutes=11), tick=False):
            tasks.expire_holds()
    assert recorded(hold) == [("hold", "visitor", None, "held"), ("release", "system", "held", "expired")]
