"""Holds while nobody acts on them: their visitors are still here, or have left, or the time is over."""

from collections.abc import Set
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from bookings.frames import hold_released
from bookings.models import Booking
from bookings.reservations import SYSTEM, release
from chat.models import Session
from chat.publish import nudge, publish
from experts.services import topic

_HELD, _EXPIRED = Booking.Status.HELD, Booking.Status.EXPIRED
_AT_ONCE = 500


def _grace() -> timedelta:
    return timedelta(seconds=settings.HOLD_GRACE_SECONDS)


def keep(*, sessions: Set[UUID], now: datetime) -> None:
    """Remember that the visitors of these sessions are here. It costs one short query a process, however many
    sockets there are, and writes only to holds: a process that dies simply stops saying so."""
    renewable = Booking.objects.filter(status=_HELD, hold_expires_at__gt=now, seen_at__lt=now - _grace() / 12)
    here = sessions & set(renewable.order_by().values_list("session_id", flat=True))
    if here:
        renewable.filter(session__in=here).update(seen_at=now)


def over(now: datetime) -> Q:
    """Holds whose time is over or whose visitors have left; those a newer booking has pushed aside too, for their
    visitors do not know yet."""
    lapsed = Q(status__in=(_HELD, _EXPIRED), hold_expires_at__lte=now)
    return lapsed | Q(status=_HELD, seen_at__lte=now - _grace())


def end_all(*, now: datetime) -> None:
    for hold_id in Booking.objects.filter(over(now)).values_list("pk", flat=True)[:_AT_ONCE]:
        end(hold_id=hold_id, now=now)


@transaction.atomic
def end(*, hold_id: UUID, now: datetime) -> None:
    """End one hold, and tell its visitor and everyone who looks at that expert; unless the visitor has come back."""
    session_id = Booking.objects.values_list("session_id", flat=True).get(pk=hold_id)
    session = Session.objects.select_for_update(no_key=True).filter(pk=session_id).first()
    hold = Booking.objects.select_for_update(no_key=True).filter(over(now), pk=hold_id).first()
    if hold is None:
        return
    ended = hold_released(hold)
    release(hold, now, SYSTEM)
    Booking.objects.filter(pk=hold_id).update(hold_expires_at=None)
    if session is not None:
        publish(session, ended, now=now)
    nudge(topic(hold.expert_id))
