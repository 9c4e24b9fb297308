from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from bookings import services
from bookings.models import Booking
from chat.errors import Conflict, Invalid, NotFound, NotOffered, SlotTaken
from chat.models import Event, Session
from chat.services import set_consent
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book


def types(session: Session) -> list[str]:
    return list(Event.objects.filter(session=session).order_by("seq").values_list("type", flat=True))


def test_a_booking_is_confirmed_with_all_details(ann: Expert, vera: Session) -> None:
    """B1 B7 X6"""
    booking = book(vera, ann)
    assert (booking.status, booking.start, booking.end) == ("confirmed", TEN, TEN + timedelta(minutes=30))
    assert booking.uid.hex in booking.meeting_link
    assert types(vera) == ["consent_recorded", "facts_updated", "booking_confirmed", "phase_change"]


def test_the_second_visitor_is_told_who_is_faster_and_what_is_free(ann: Expert, vera: Session, walid: Session) -> None:
    """B2 B3"""
    book(vera, ann)
    with pytest.raises(SlotTaken) as refusal:
        book(walid, ann)
    starts = [slot.start_time for slot in refusal.value.alternatives]
    assert starts == [TEN + timedelta(minutes=minutes) for minutes in (-60, -30, 30)]


def test_who_books_agrees_to_the_keeping_of_name_and_address_at_that_time(ann: Expert, vera: Session) -> None:
    """I10"""
    book(vera, ann)
    vera.refresh_from_db()
    assert vera.consent_at == MONDAY
    told = Event.objects.get(session=vera, type="consent_recorded")
    assert '"granted":true' in told.body


def test_an_agreement_given_before_keeps_its_time(ann: Expert, vera: Session) -> None:
    """I10"""
    earlier = MONDAY - timedelta(hours=1)
    set_consent(session=vera, now=earlier, granted=True)
    book(vera, ann)
    vera.refresh_from_db()
    assert vera.consent_at == earlier
    assert types(vera).count("consent_recorded") == 1


def test_a_refused_booking_records_no_agreement(ann: Expert, vera: Session) -> None:
    """I10"""
    with pytest.raises(NotOffered):
        book(vera, ann, TEN + timedelta(minutes=5))
    vera.refresh_from_db()
    assert (vera.consent_at, types(vera)) == (None, [])


@pytest.mark.parametrize("minutes", [5, -120, 12 * 60, 400 * 24 * 60])
def test_a_time_outside_the_rules_is_not_offered(ann: Expert, vera: Session, minutes: int) -> None:
    """B4"""
    with pytest.raises(NotOffered):
        book(vera, ann, TEN + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "fields", [{"timezone": "Mars/Olympus"}, {"client_email": "vera@"}, {"end_time": TEN + timedelta(hours=9)}]
)
def test_details_that_cannot_be_right_are_refused(ann: Expert, vera: Session, fields: dict[str, Any]) -> None:
    """B4 K9 I2"""
    with pytest.raises(Invalid):
        book(vera, ann, **fields)


def test_an_inactive_expert_cannot_be_booked(ann: Expert, vera: Session) -> None:
    """E2"""
    Expert.objects.update(is_active=False)
    with pytest.raises(NotFound):
        book(vera, ann)


def test_the_same_key_books_once(ann: Expert, vera: Session) -> None:
    """B5"""
    first, second = book(vera, ann, client_key="k"), book(vera, ann, client_key="k")
    assert (first.pk, Booking.objects.count()) == (second.pk, 1)


def test_the_same_key_with_another_body_is_a_conflict(ann: Expert, vera: Session) -> None:
    book(vera, ann, client_key="k")
    with pytest.raises(Conflict):
        book(vera, ann, client_key="k", client_email="other@example.com")


def test_a_failed_try_does_not_burn_its_key(ann: Expert, vera: Session, walid: Session) -> None:
    taken = book(walid, ann)
    with pytest.raises(SlotTaken):
        book(vera, ann, client_key="k")
    services.cancel_booking(session=walid, now=MONDAY, booking_id=taken.pk)
    assert book(vera, ann, client_key="k").status == "confirmed"


def test_another_visitors_booking_is_as_good_as_absent(ann: Expert, vera: Session, walid: Session) -> None:
    """Q1"""
    booking = book(vera, ann)
    with pytest.raises(NotFound):
        services.cancel_booking(session=walid, now=MONDAY, booking_id=booking.pk)
    with pytest.raises(NotFound):
        services.reschedule_booking(session=walid, now=MONDAY, booking_id=uuid4(), start_time=TEN)


def test_every_change_leaves_an_audit_row(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann)
    services.cancel_booking(session=vera, now=MONDAY, booking_id=booking.pk, reason="ill")
    rows = booking.changes.values_list("action", "actor", "reason", "after__status")
    assert list(rows) == [("book", "visitor", "", "confirmed"), ("cancel", "visitor", "ill", "cancelled")]
