"""Reminders on a clock that is wound forward through a weekend on which the clocks change."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from bookings import services
from bookings.models import Booking
from bookings.tasks import remind
from chat import jobs
from chat.models import Job, Mail, Session
from experts.models import Expert, WeeklyHours
from tests.bookings.people import book, make_expert

HOUR = timedelta(hours=1)
FRIDAY = datetime(2027, 3, 26, 9, 30, tzinfo=UTC)
SUNDAY_TEN = datetime(2027, 3, 28, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
"""The clocks of Berlin go from 02:00 to 03:00 that night."""


@pytest.fixture
def berta(db: None) -> Expert:
    expert = make_expert("Berta", horizon=300)
    WeeklyHours.objects.create(expert=expert, weekday=6, start=540, end=1020)
    return expert


def visitor(now: datetime) -> Session:
    return Session.objects.create(created_at=now, last_activity_at=now, timezone="Europe/Berlin")


def due(now: datetime) -> Iterator[int]:
    jobs.sweep(now=now)
    yield from Job.objects.filter(kind=remind.name, enqueued_at=now).order_by("id").values_list("pk", flat=True)


def wind(since: datetime, until: datetime, *, twice: bool = False) -> list[datetime]:
    """When reminders went out, a worker looking every half hour; with ``twice`` every job is handed out again."""
    sent, now = [], since
    while now <= until:
        with time_machine.travel(now, tick=False):
            before = Mail.objects.filter(kind="booking_reminder").count()
            for job_id in due(now):
                for _ in range(1 + twice):
                    remind.task(job_id=job_id)
            if Mail.objects.filter(kind="booking_reminder").count() > before:
                sent.append(now)
        now += HOUR / 2
    return sent


def reminded() -> list[str]:
    return sorted(Mail.objects.filter(kind__startswith="booking_reminder").values_list("to", flat=True))


BOTH_SIDES = ["berta@example.com", "vera@example.com"]


@pytest.mark.parametrize("twice", [False, True])
def test_reminders_go_out_24_and_1_hours_before_over_a_clock_change(berta: Expert, twice: bool) -> None:
    """N4"""
    book(visitor(FRIDAY), berta, SUNDAY_TEN, now=FRIDAY)
    start = SUNDAY_TEN.astimezone(UTC)
    assert wind(FRIDAY, start + HOUR, twice=twice) == [start - 24 * HOUR, start - HOUR]
    assert reminded() == sorted(BOTH_SIDES * 2)


def test_a_reminder_tells_the_time_after_the_change(berta: Expert) -> None:
    book(visitor(FRIDAY), berta, SUNDAY_TEN, now=FRIDAY, timezone="Europe/Berlin")
    wind(FRIDAY, FRIDAY + 30 * HOUR)
    assert "10:00" in Mail.objects.get(kind="booking_reminder", to="vera@example.com").text


def test_a_move_between_the_two_reminders_starts_them_anew(berta: Expert) -> None:
    """N4"""
    vera, start = visitor(FRIDAY), SUNDAY_TEN.astimezone(UTC)
    booking = book(vera, berta, SUNDAY_TEN, now=FRIDAY)
    wind(FRIDAY, start - 2 * HOUR)
    later = start + 26 * HOUR
    services.reschedule_booking(session=vera, now=start - 2 * HOUR, booking_id=booking.pk, start_time=later)
    assert wind(start - 2 * HOUR, later) == [later - 24 * HOUR, later - HOUR]


def test_a_worker_that_dies_with_a_reminder_in_hand_is_replaced(berta: Expert) -> None:
    """N4 Z3"""
    booking = book(visitor(FRIDAY), berta, SUNDAY_TEN, now=FRIDAY)
    dies_at = booking.start - 24 * HOUR
    lost = Job.objects.filter(kind=remind.name, run_at__lte=dies_at)
    lost.update(state=Job.State.RUNNING, attempt=1, enqueued_at=dies_at, lease_until=dies_at + timedelta(minutes=1))
    assert wind(dies_at, booking.start) == [dies_at + HOUR / 2, booking.start - HOUR]
    assert reminded() == sorted(BOTH_SIDES * 2)


def test_a_dead_workers_twin_that_wakes_up_late_sends_nothing(berta: Expert) -> None:
    """N4"""
    booking = book(visitor(FRIDAY), berta, SUNDAY_TEN, now=FRIDAY)
    job = Job.objects.filter(kind=remind.name).earliest("run_at")
    wind(FRIDAY, booking.start - 23 * HOUR)
    late = booking.start - 22 * HOUR
    with pytest.raises(jobs.Superseded):
        remind.work(jobs.Claim(job.pk, 0), now=late, **job.arguments)
    assert Booking.objects.get().reminders.filter(sent_at__isnull=False).count() == 1
    assert reminded() == BOTH_SIDES
