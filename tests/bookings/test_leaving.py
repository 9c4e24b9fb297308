"""A hold waits for a visitor who reloads the page, and not for one who has left."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from channels.layers import get_channel_layer

from bookings import holds, services
from bookings.models import Booking, BookingChange
from chat.errors import SlotTaken
from chat.models import Event, Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book, make_expert

SECOND = timedelta(seconds=1)


def hold(session: Session, expert: Expert) -> Booking:
    outcome = services.hold_slot(session=session, now=MONDAY, expert_id=expert.pk, start_time=TEN)
    return Booking.objects.get(pk=outcome.result["hold_id"])


def status(held: Booking) -> str:
    held.refresh_from_db()
    return held.status


def here(*sessions: Session, seconds: int) -> None:
    holds.keep(sessions={session.pk for session in sessions}, now=MONDAY + seconds * SECOND)


def sweep(*, seconds: int) -> None:
    holds.end_all(now=MONDAY + seconds * SECOND)


def test_a_hold_ends_a_minute_after_its_visitor_left(ann: Expert, vera: Session, walid: Session) -> None:
    held = hold(vera, ann)
    sweep(seconds=59)
    assert status(held) == "held"
    sweep(seconds=60)
    assert status(held) == "expired"
    assert book(walid, ann, now=MONDAY + 61 * SECOND).status == "confirmed"


def test_its_visitor_is_told_once_and_the_record_says_who_ended_it(ann: Expert, vera: Session) -> None:
    hold(vera, ann)
    for seconds in (60, 61):
        sweep(seconds=seconds)
    assert Event.objects.filter(session=vera, type="hold_released").count() == 1
    assert list(BookingChange.objects.values_list("action", "actor")) == [("hold", "visitor"), ("release", "system")]


def test_whoever_looks_at_the_expert_sees_the_time_again(
    ann: Expert, vera: Session, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(vera, ann)
    pushed: list[str] = []
    monkeypatch.setattr(get_channel_layer(), "push", lambda group, message: pushed.append(group))
    with django_capture_on_commit_callbacks(execute=True):
        sweep(seconds=60)
    assert f"topic.expert.{ann.pk}" in pushed


def test_a_visitor_who_is_here_keeps_the_hold_to_its_end(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    for seconds in range(0, 600, 30):
        here(vera, seconds=seconds)
        sweep(seconds=seconds)
        assert status(held) == "held"
    sweep(seconds=600)
    assert status(held) == "expired"


def test_a_reload_within_the_minute_keeps_the_hold(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    here(vera, seconds=55)
    sweep(seconds=110)
    assert status(held) == "held"


def test_other_visitors_keep_nothing_for_one_who_left(ann: Expert, vera: Session, walid: Session) -> None:
    held = hold(vera, ann)
    here(walid, seconds=55)
    sweep(seconds=60)
    assert status(held) == "expired"


def test_a_visitor_who_comes_back_while_the_sweep_runs_keeps_the_hold(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    here(vera, seconds=60)
    holds.end(hold_id=held.pk, now=MONDAY + 60 * SECOND)
    assert status(held) == "held"


def test_whoever_comes_back_too_late_may_still_book_a_time_that_is_free(ann: Expert, vera: Session) -> None:
    held = hold(vera, ann)
    sweep(seconds=60)
    here(vera, seconds=90)
    assert status(held) == "expired"
    assert book(vera, ann, hold_id=held.pk, now=MONDAY + 90 * SECOND).pk == held.pk


def test_whoever_waits_for_a_time_gets_it_only_when_its_visitor_has_left(
    ann: Expert, vera: Session, walid: Session
) -> None:
    hold(vera, ann)
    here(vera, seconds=59)
    sweep(seconds=61)
    with pytest.raises(SlotTaken):
        book(walid, ann, now=MONDAY + 61 * SECOND)


def test_a_booking_does_not_end_because_its_visitor_left(ann: Expert, vera: Session) -> None:
    booking = book(vera, ann, hold_id=hold(vera, ann).pk)
    sweep(seconds=3600)
    assert status(booking) == "confirmed"


@pytest.mark.parametrize(("holding", "queries"), [(0, 1), (3, 2)])
def test_a_thousand_visitors_cost_a_process_no_more_than_their_holds(
    ann: Expert, django_assert_num_queries: Callable[[int], Any], holding: int, queries: int
) -> None:
    visitors = [Session.objects.create(created_at=MONDAY, last_activity_at=MONDAY) for _ in range(3)]
    for number, visitor in enumerate(visitors[:holding]):
        hold(visitor, make_expert(f"Expert{number}"))
    crowd = {visitor.pk for visitor in visitors} | {uuid4() for _ in range(1000)}
    with django_assert_num_queries(queries):
        holds.keep(sessions=crowd, now=MONDAY + 10 * SECOND)
    with django_assert_num_queries(1):
        holds.keep(sessions=crowd, now=MONDAY + 12 * SECOND)
