"""Ann, an expert in Berlin who can be met on weekdays from nine to five, and her visitors Vera and Walid."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from bookings import services
from bookings.models import Booking
from chat.models import Session
from experts.models import Expert, WeeklyHours

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin


def make_expert(name: str = "Ann", **fields: Any) -> Expert:
    rules = {"timezone": "Europe/Berlin", "notice": 0, "buffer_after": 0, "interval": 30, "duration": 30, **fields}
    expert = Expert.objects.create(name=name, email=f"{name.lower()}@example.com", role="Data engineer", **rules)
    WeeklyHours.objects.bulk_create(
        WeeklyHours(expert=expert, weekday=weekday, start=540, end=1020) for weekday in range(5)
    )
    return expert


def make_visitor(**fields: Any) -> Session:
    return Session.objects.create(created_at=MONDAY, last_activity_at=MONDAY, timezone="Europe/London", **fields)


def book(session: Session, expert: Expert, start: datetime = TEN, *, now: datetime = MONDAY, **fields: Any) -> Booking:
    who = {"client_name": "Vera Stein", "client_email": "vera@example.com", "timezone": "Europe/London", **fields}
    with transaction.atomic():
        outcome = services.create_booking(session=session, now=now, expert_id=expert.pk, start_time=start, **who)
    return Booking.objects.select_related("expert", "session").get(pk=outcome.result["booking_id"])
