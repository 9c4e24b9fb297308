"""The nightly end of what nobody needs to keep: a conversation loses all its words, and keeps what it counts for."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bookings import privacy
from bookings.models import Booking
from chat import retention, routes
from chat.models import SESSION_LIFETIME, Session
from prd.models import Prd
from unobot.insights import tally

_AT_ONCE = 5000


def _before(now: datetime) -> datetime:
    return now - timedelta(days=settings.RETENTION_DAYS)


def due(now: datetime) -> QuerySet[Session]:
    """Conversations idle for the days that the site sets; and, as soon as they have ended, those of visitors who agreed
    to nothing, have no plan, never booked and asked for nobody. None whose meeting lies ahead."""
    meetings = Booking.objects.filter(session=OuterRef("pk"))
    nothing_left = Q(
        ~Exists(meetings.filter(changes__action="book")),
        ~Exists(Prd.objects.filter(session=OuterRef("pk"))),
        consent_at=None,
        handed_over=False,
        last_activity_at__lt=now - SESSION_LIFETIME,
    )
    old = Q(last_activity_at__lt=_before(now))
    ahead = meetings.filter(status=Booking.Status.CONFIRMED, end__gt=now)
    return Session.objects.filter(old | nothing_left, ~Exists(ahead), purged_at=None).exclude(
        status=Session.Status.ERASED
    )


def purge(*, now: datetime) -> int:
    """Returns how many conversations have lost their words. Each is done by itself, so a stop in between harms none."""
    retention.retire(now=now)
    count = sum(purge_session(session_id, now=now) for session_id in due(now).values_list("pk", flat=True)[:_AT_ONCE])
    privacy.forget_old(before=_before(now))
    retention.clear_out(before=_before(now))
    return count


@transaction.atomic
def purge_session(session_id: UUID, *, now: datetime) -> bool:
    session = due(now).select_for_update(no_key=True, of=("self",)).filter(pk=session_id).first()
    if session is None:
        return False
    counts = tally(session_id, now=now)
    for erase in routes.erasers():
        erase(session=session, now=now)
    retention.purge(session, tally=counts, now=now)
    return True
