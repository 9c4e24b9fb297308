"""What is free: experts' rules and what blocks them, read in a handful of queries for any number of experts.

Display and booking ask the same function, so what is shown can be booked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from bookings.models import Booking
from chat.models import Session
from experts.models import Expert, ExternalBusy, MeetingType
from experts.services import rules_of
from experts.slots import Meeting, Refusal, Rules, Span, Taken, explain, free_starts, nearest

# A booking may block or count from outside the window: a local date is up to 26 hours from UTC's, a meeting 8 long.
_MARGIN = timedelta(days=2)
_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Eyes:
    """Through whose eyes: a visitor's own holds do not block the visitor, a moved booking does not block itself."""

    session: Session | None = None
    moving: Booking | None = None
    kind: MeetingType | None = None


ANYONE = Eyes()


def live(now: datetime) -> Q:
    """Bookings and holds that block at this moment; meetings that are over still count for the daily cap."""
    held, met = Booking.Status.HELD, (Booking.Status.CONFIRMED, Booking.Status.COMPLETED, Booking.Status.NO_SHOW)
    return Q(status__in=met) | Q(status=held, hold_expires_at__gt=now)


def _blocking(ids: Sequence[UUID], window: Span, eyes: Eyes, now: datetime) -> QuerySet[Booking]:
    rows = Booking.objects.filter(
        live(now), expert__in=ids, busy_until__gt=window.start - _MARGIN, busy_from__lt=window.end + _MARGIN
    ).order_by()
    if eyes.session is not None:
        rows = rows.exclude(session=eyes.session, status=Booking.Status.HELD)
    return rows if eyes.moving is None else rows.exclude(pk=eyes.moving.pk)


def _taken(ids: Sequence[UUID], window: Span, eyes: Eyes, now: datetime) -> dict[UUID, Taken]:
    meetings: dict[UUID, list[Meeting]] = defaultdict(list)
    ours: dict[UUID, list[Span]] = defaultdict(list)
    rows = _blocking(ids, window, eyes, now).values_list(
        "expert_id", "start", "end", "busy_from", "busy_until", "status", "hold_expires_at"
    )
    for expert_id, start, end, busy_from, busy_until, status, expires in rows:
        ours[expert_id].append(Span(start, end))
        held_until = expires if status == Booking.Status.HELD else None
        meetings[expert_id].append(Meeting(start, Span(busy_from, busy_until), held_until))
    elsewhere = _elsewhere(ids, window)
    if eyes.moving is not None:
        ours[eyes.moving.expert_id].append(Span(eyes.moving.start, eyes.moving.end))
    return {pk: Taken(meetings[pk], list(_without(elsewhere[pk], ours[pk]))) for pk in ids}


def _without(spans: Iterable[Span], ours: Sequence[Span]) -> Iterator[Span]:
    """Our own meetings stand in the experts' calendars too; they block by themselves, and a moved one must not."""
    for span in spans:
        start = span.start
        for meeting in sorted(ours):
            if start < meeting.end and meeting.start < span.end:
                if start < meeting.start:
                    yield Span(start, meeting.start)
                start = meeting.end
        if start < span.end:
            yield Span(start, span.end)


def _elsewhere(ids: Sequence[UUID], window: Span) -> dict[UUID, list[Span]]:
    """Busy times in calendars that the experts keep themselves."""
    spans: dict[UUID, list[Span]] = defaultdict(list)
    rows = ExternalBusy.objects.filter(expert__in=ids, end__gt=window.start - _MARGIN, start__lt=window.end + _MARGIN)
    for expert_id, start, end in rows.values_list("expert_id", "start", "end"):
        spans[expert_id].append(Span(start, end))
    return spans


def _books(experts: Iterable[Expert], window: Span, eyes: Eyes, now: datetime) -> dict[UUID, tuple[Rules, Taken]]:
    rules = rules_of(experts, window=window, kind=eyes.kind)
    taken = _taken(list(rules), window, eyes, now)
    return {expert_id: (rules[expert_id], taken[expert_id]) for expert_id in rules}


def free(experts: Iterable[Expert], *, window: Span, now: datetime, eyes: Eyes = ANYONE) -> dict[UUID, list[datetime]]:
    """The free starts of each expert in the window."""
    books = _books(experts, window, eyes, now)
    return {pk: free_starts(rules, taken, now=now, window=window) for pk, (rules, taken) in books.items()}


def why_not(expert: Expert, start: datetime, *, now: datetime, eyes: Eyes = ANYONE) -> Refusal | None:
    """The rule that takes a start away, None when it can be booked."""
    if not now - _MARGIN < start < now + timedelta(days=expert.horizon) + _MARGIN:
        return Refusal("notice" if start < now else "horizon")
    rules, taken = _books([expert], Span(start, start + timedelta(minutes=1)), eyes, now)[expert.pk]
    return explain(rules, taken, now=now, start=start)


def alternatives(expert: Expert, wanted: datetime, *, now: datetime, eyes: Eyes = ANYONE) -> list[datetime]:
    """The three free starts nearest to the wanted one, searched a week around it, else up to the horizon."""
    week = timedelta(days=7)
    wanted = min(max(wanted, now), now + timedelta(days=expert.horizon))
    for window in (Span(wanted - week, wanted + week), Span(now, now + timedelta(days=expert.horizon + 1))):
        found = nearest(free([expert], window=window, now=now, eyes=eyes)[expert.pk], wanted, _ALTERNATIVES)
        if len(found) == _ALTERNATIVES:
            break
    return found
