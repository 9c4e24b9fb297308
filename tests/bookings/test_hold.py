from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import services, tasks
from bookings.models import Booking
from chat.errors import Conflict, Expired, Invalid, SlotTaken
from chat.models import Event, Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book

HALF_PAST = TEN + timedelta(minutes=30)


def hold(session: Session, expert: Expert, start: object = TEN, now: object = MONDAY) -> Booking:
    outcome = services.hold_slot(session=session, now=now, expert_id=expert.pk, start_time=start)  # type: ignore[arg-type]
    return Booking.objects.get(pk=outcome.result["hold_id"])


def starts(session: Session, expert: Expert) -> list[object]:
    shown = services.get_availability(session=session, now=MONDAY, expert_id=expert.pk, timezone="UTC", days=1)
    return [slot.start_time for slot in shown.slots]


def test_a_held_time_is_free_in_its_holders_eyes_only(ann: Expert, vera: Session, walid: Session) -> None:
    hold(vera, ann)
    assert TEN in starts(vera, ann)
    assert TEN not in starts(walid, ann)
    with pytest.raises(SlotTaken):
        hold(walid, ann)


def test_a_hold_becomes_the_booking(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    assert book(vera, ann, hold_id=held.pk).pk == held.pk
    assert Booking.objects.get().status == "confirmed"


def test_choosing_another_time_gives_the_first_up(ann: Expert, vera: Session, walid: Session) -> None:
    hold(vera, ann)
    hold(vera, ann, HALF_PAST)
    assert TEN in starts(walid, ann)
    types = Event.objects.filter(session=vera).order_by("seq").values_list("type", flat=True)
    assert list(types) == ["phase_change", "slot_held", "hold_released", "slot_held"]


def test_booking_another_time_gives_the_hold_up(ann: Expert, vera: Session, walid: Session) -> None:
    hold(vera, ann)
    book(vera, ann, HALF_PAST)
    assert TEN in starts(walid, ann)


def test_a_live_hold_is_not_too_late_for_the_notice_that_passed_meanwhile(ann: Expert, vera: Session) -> None:
    Expert.objects.update(notice=60)
    held = hold(vera, ann)
    assert book(vera, ann, hold_id=held.pk, now=MONDAY + timedelta(minutes=5)).status == "confirmed"


def test_a_lapsed_hold_on_a_time_that_is_gone_has_expired(ann: Expert, vera: Session, walid: Session) -> None:
    held, later = hold(vera, ann), MONDAY + timedelta(minutes=10)
    book(walid, ann, now=later)
    with pytest.raises(Expired) as refusal:
        book(vera, ann, hold_id=held.pk, now=later)
    assert len(refusal.value.alternatives) == 3


def test_a_lapsed_hold_on_a_time_still_free_is_booked(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    assert book(vera, ann, hold_id=held.pk, now=MONDAY + timedelta(minutes=10)).pk == held.pk


def test_a_hold_for_another_time_cannot_be_claimed(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    with pytest.raises(Invalid):
        book(vera, ann, HALF_PAST, hold_id=held.pk)


def test_releasing_twice_is_harmless(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    first = services.release_hold(session=vera, now=MONDAY, hold_id=held.pk)
    second = services.release_hold(session=vera, now=MONDAY, hold_id=held.pk)
    assert (first.result["replayed"], second.result["replayed"]) == (False, True)


def test_a_booking_cannot_be_released_as_a_hold(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    book(vera, ann, hold_id=held.pk)
    with pytest.raises(Conflict):
        services.release_hold(session=vera, now=MONDAY, hold_id=held.pk)


def test_the_sweep_ends_a_lapsed_hold_and_tells_its_visitor_once(ann: Expert, vera: Session) -> None:
    hold(vera, ann)
    Booking.objects.update(hold_expires_at=timezone.now() - timedelta(seconds=1))
    tasks.expire_holds()
    tasks.expire_holds()
    assert Booking.objects.get().status == "expired"
    assert Event.objects.filter(session=vera, type="hold_released").count() == 1


def test_a_lapsed_hold_that_was_pushed_aside_is_told_too(ann: Expert, vera: Session, walid: Session) -> None:
    hold(vera, ann)
    book(walid, ann, now=MONDAY + timedelta(minutes=10))
    assert Booking.objects.get(session=vera).status == "expired"
    Booking.objects.filter(session=vera).update(hold_expires_at=timezone.now() - timedelta(seconds=1))
    tasks.expire_holds()
    assert Event.objects.filter(session=vera, type="hold_released").count() == 1
