"""What becomes of a meeting whose time has come: it took place, or nobody came."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bookings.models import Booking
from bookings.reservations import SYSTEM, Actor, Made, lock_experts, own, record, state
from chat.errors import Conflict

_CONFIRMED, _COMPLETED, _NO_SHOW = Booking.Status.CONFIRMED, Booking.Status.COMPLETED, Booking.Status.NO_SHOW
_AT_ONCE = 500


def attend(row: Booking, *, came: bool, now: datetime, actor: Actor) -> Made:
    """Whether the visitor came; may be corrected later."""
    lock_experts(row.expert_id)
    row.refresh_from_db(fields=["status", "start", "end", "sequence"])
    if row.status not in (_CONFIRMED, _COMPLETED, _NO_SHOW) or now < row.start:
        raise Conflict("This meeting has not taken place.")
    before, told = state(row), _COMPLETED if came else _NO_SHOW
    if row.status == told:
        return Made(row, replayed=True)
    row.status, row.updated_at = told, now
    row.save(update_fields=["status", "updated_at"])
    return Made(row, record(row, "complete" if came else "no_show", actor, now, before))


def complete_all(*, now: datetime) -> None:
    """Meetings that are over took place, unless staff say otherwise."""
    over = Booking.objects.filter(status=_CONFIRMED, end__lte=now).values_list("pk", flat=True)
    for booking_id in over[:_AT_ONCE]:
        _complete(booking_id, now=now)


@transaction.atomic
def _complete(booking_id: UUID, *, now: datetime) -> None:
    row = own(booking_id, None)
    lock_experts(row.expert_id)
    row.refresh_from_db(fields=["status", "end"])
    if row.status == _CONFIRMED and row.end <= now:
        attend(row, came=True, now=now, actor=SYSTEM)
