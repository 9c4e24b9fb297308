"""Bringing the copy of an expert's other calendars up to date. A copy that cannot be renewed stays, with its age."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from chat.publish import nudge
from experts.calendars import ics
from experts.calendars.fetch import Fetcher, FetchError
from experts.calendars.google import CalendarError, Disconnected, Google
from experts.models import ExternalBusy, ExternalCalendar
from experts.slots import Span

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
AHEAD = timedelta(days=90)


def google() -> Google:
    return Google(str(settings.GOOGLE_CLIENT_ID), str(settings.GOOGLE_CLIENT_SECRET))


def _read_feed(calendar: ExternalCalendar, window: Span, fetcher: Fetcher) -> list[Span]:
    """An unchanged feed is laid out anew all the same: time has moved on."""
    fetched = fetcher.get(calendar.secret, etag=calendar.etag if calendar.copy else "", accept="text/calendar")
    body = fetched.body if fetched.body is not None else bytes(calendar.copy or b"")
    spans = ics.busy(body, zone=calendar.expert.timezone, window=window)
    calendar.copy, calendar.etag = body, fetched.etag[:200]
    return spans


def _read(calendar: ExternalCalendar, window: Span, fetcher: Fetcher, client: Google) -> list[Span]:
    if calendar.kind == ExternalCalendar.Kind.GOOGLE:
        return client.busy(calendar.secret, calendar.calendar_id, window)
    return _read_feed(calendar, window, fetcher)


@transaction.atomic
def _store(calendar: ExternalCalendar, spans: Sequence[Span], now: datetime) -> None:
    known = sorted(ExternalBusy.objects.filter(calendar=calendar).values_list("start", "end"))
    calendar.read_at, calendar.error = now, ""
    calendar.save(update_fields=["read_at", "tried_at", "error", "copy", "etag"])
    if known == sorted((span.start, span.end) for span in spans):
        return
    ExternalBusy.objects.filter(calendar=calendar).delete()
    ExternalBusy.objects.bulk_create(
        ExternalBusy(calendar=calendar, expert_id=calendar.expert_id, start=span.start, end=span.end) for span in spans
    )
    nudge(f"expert.{calendar.expert_id}")


def read(
    calendar: ExternalCalendar, *, now: datetime, fetcher: Fetcher | None = None, client: Google | None = None
) -> bool:
    """Whether the copy is new. Why not is kept beside it, for staff."""
    calendar.tried_at = now
    try:
        window = Span(now - timedelta(days=1), now + AHEAD)
        spans = _read(calendar, window, fetcher or Fetcher(), client or google())
    except (FetchError, ics.BadCalendar, CalendarError) as error:
        calendar.error = str(error)[:200]
        calendar.is_active = calendar.is_active and not isinstance(error, Disconnected)
        calendar.save(update_fields=["tried_at", "error", "is_active"])
        log.warning("calendar_not_read", extra={"calendar": calendar.pk, "reason": type(error).__name__})
        return False
    _store(calendar, spans, now)
    return True
