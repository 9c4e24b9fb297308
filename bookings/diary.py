"""What stands in experts' diaries, read for the staff's week in a handful of queries for any number of experts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bookings.agenda import free, live
from bookings.models import Booking
from bookings.week import Diary, Kind, Piece
from experts.models import Expert, ExternalBusy
from experts.services import rules_of
from experts.slots import Span, open_spans


def _label(name: str, status: str, people: bool) -> str:
    """Who comes, for those who may see it, and what became of it."""
    who = (people and name) or ("On hold" if status == Booking.Status.HELD else "Meeting")
    return f"{who} (did not come)" if status == Booking.Status.NO_SHOW else who


def _booked(ids: Sequence[UUID], window: Span, now: datetime, people: bool) -> dict[UUID, list[Piece]]:
    pieces: dict[UUID, list[Piece]] = defaultdict(list)
    rows = Booking.objects.filter(live(now), expert__in=ids, end__gt=window.start, start__lt=window.end)
    columns = ("expert_id", "pk", "status", "start", "end", "client_name")
    for expert_id, pk, status, start, end, name in rows.order_by("start").values_list(*columns):
        kind: Kind = "hold" if status == Booking.Status.HELD else "meeting"
        pieces[expert_id].append(Piece(kind, Span(start, end), _label(name, status, people), str(pk)))
    return pieces


def _elsewhere(ids: Sequence[UUID], window: Span) -> dict[UUID, list[Piece]]:
    pieces: dict[UUID, list[Piece]] = defaultdict(list)
    rows = ExternalBusy.objects.filter(expert__in=ids, end__gt=window.start, start__lt=window.end).order_by("start")
    for expert_id, start, end in rows.values_list("expert_id", "start", "end"):
        pieces[expert_id].append(Piece("elsewhere", Span(start, end), "Other calendar"))
    return pieces


def diaries(experts: Sequence[Expert], *, window: Span, now: datetime, people: bool) -> dict[UUID, Diary]:
    """``people``: whether visitors' names may be shown. What is free is what visitors are offered at this moment."""
    rules, ids = rules_of(experts, window=window), [expert.pk for expert in experts]
    offered = free(experts, window=window, now=now)
    booked, elsewhere = _booked(ids, window, now, people), _elsewhere(ids, window)
    return {
        pk: Diary(
            open_spans(rules[pk], window),
            offered[pk],
            [*booked[pk], *(Piece("away", span, "Time off") for span in rules[pk].time_off), *elsewhere[pk]],
            timedelta(minutes=rules[pk].duration),
        )
        for pk in ids
    }
