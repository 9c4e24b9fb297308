"""Bookings, holds and experts as the wire says them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bookings.links import ics_path
from bookings.models import Booking
from chat.contract import BookingCancelled, BookingConfirmed, BookingRescheduled, HoldReleased, SlotHeld
from chat.shapes import Slot
from experts.models import Expert


def _clock(local: datetime) -> str:
    """Hours and minutes; with the zone's abbreviation where the clock shows them twice."""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M} {local:%Z}" if twice else f"{local:%H:%M}"


def _expert_clock(start: datetime, viewer: datetime, zone: str) -> str:
    local = start.astimezone(ZoneInfo(zone))
    return _clock(local) if local.date() == viewer.date() else f"{local:%a} {_clock(local)}"


def display_date(local: datetime) -> str:
    return f"{local:%A}, {local.day} {local:%B %Y}"


def slots(starts: Iterable[datetime], *, length: timedelta, zone: str, expert: Expert) -> list[Slot]:
    found = []
    for start in starts:
        local = start.astimezone(ZoneInfo(zone))
        found.append(
            Slot(
                start_time=start,
                end_time=start + length,
                display_date=display_date(local),
                display_time=_clock(local),
                expert_time=_expert_clock(start, local, expert.timezone),
            )
        )
    return found


def slot_held(hold: Booking, expires_at: datetime) -> SlotHeld:
    return SlotHeld(hold_id=hold.pk, expert_id=hold.expert_id, start_time=hold.start, expires_at=expires_at)


def hold_released(hold: Booking) -> HoldReleased:
    expires_at = hold.hold_expires_at or hold.updated_at
    return HoldReleased(hold_id=hold.pk, expert_id=hold.expert_id, start_time=hold.start, expires_at=expires_at)


def confirmed(booking: Booking) -> BookingConfirmed:
    return BookingConfirmed(
        booking_id=booking.pk,
        expert_id=booking.expert_id,
        expert_name=booking.expert.name,
        expert_role=booking.expert.role,
        start_time=booking.start,
        end_time=booking.end,
        timezone=booking.timezone,
        meeting_link=booking.meeting_link,
        client_name=booking.client_name,
        client_email=booking.client_email,
        status=booking.status,
        ics_url=ics_path(booking.pk),
    )


def rescheduled(booking: Booking, *, old_start: datetime, old_end: datetime) -> BookingRescheduled:
    return BookingRescheduled(
        booking_id=booking.pk,
        expert_id=booking.expert_id,
        expert_name=booking.expert.name,
        old_start_time=old_start,
        old_end_time=old_end,
        start_time=booking.start,
        end_time=booking.end,
    )


def cancelled(booking: Booking, reason: str) -> BookingCancelled:
    return BookingCancelled(
        booking_id=booking.pk, old_start_time=booking.start, old_end_time=booking.end, reason=reason
    )
