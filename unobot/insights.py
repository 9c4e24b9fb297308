"""The analytics page: the rows of a period, read for the figures, and the period itself. Shows nobody's data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import Count, Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.widgets import UnfoldAdminTextInputWidget

from bookings.models import Booking, BookingChange
from chat.admin.access import demand
from chat.models import Message, Session
from experts.models import Expert
from prd.models import PrdVersion
from unobot.analytics import Meeting, Report, Visit, analyse

PRESETS = (7, 30, 90, 365)
REACH = timedelta(days=3650)
SILENT_FOR = timedelta(hours=24)
_COLUMNS = (
    "created_at", "status", "phase", "handed_over", "last_activity_at", "score", "said", "last_meta", "booked_at",
    "has_prd", "tally",
)  # fmt: skip
_MET = (Booking.Status.CONFIRMED, Booking.Status.COMPLETED, Booking.Status.NO_SHOW)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of UTC, the last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, UTC)

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)


class PeriodForm(forms.Form):
    first = forms.DateField(widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}), label="From")
    last = forms.DateField(widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}), label="To")


def _period(form: PeriodForm, today: date) -> Period:
    """The last 30 days, unless two dates in order are given."""
    if form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        if today - REACH <= first <= last <= today + REACH:
            return Period(first, last)
    return Period(today - timedelta(days=29), today)


def _left_at(row: Mapping[str, Any], now: datetime) -> str | None:
    """The question that stood open, or the phase where there was none; None while the visitor may still answer."""
    gone = row["status"] in (Session.Status.ABANDONED, Session.Status.CLOSED)
    waits = row["booked_at"] or row["handed_over"] or (not gone and row["last_activity_at"] > now - SILENT_FOR)
    if waits:
        return None
    asked = (row["last_meta"] or {}).get("asking") or []
    return str(asked[0]) if asked else f"no question open ({row['phase']})"


def _counted(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """In one query, whatever the number of sessions."""
    spoken = Message.objects.filter(session=OuterRef("pk"), role="assistant").order_by("-number")
    booked = BookingChange.objects.filter(booking__session=OuterRef("pk"), booking__status__in=_MET, action="book")
    written = PrdVersion.objects.filter(prd__session=OuterRef("pk"), state="written")
    return sessions.annotate(
        said=Count("messages", filter=Q(messages__role="user")),
        last_meta=Subquery(spoken.values("meta")[:1], output_field=JSONField()),
        booked_at=Subquery(booked.order_by("at").values("at")[:1]),
        has_prd=Exists(written),
    ).order_by()


def _tally(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What counts of a conversation beside its own row, as JSON that tells nothing of anybody."""
    booked_at = row["booked_at"].isoformat() if row["booked_at"] else None
    return {"said": row["said"], "has_prd": row["has_prd"], "booked_at": booked_at, "asked": _left_at(row, now)}


def tally(session_id: UUID, *, now: datetime) -> dict[str, Any]:
    """What the statistics are to count of a conversation when nothing else is left of it."""
    return _tally(_counted(Session.objects.filter(pk=session_id)).values(*_COLUMNS).get(), now)


def visits(period: Period, now: datetime) -> Iterator[Visit]:
    begun = Session.objects.filter(created_at__gte=period.start, created_at__lt=period.end)
    for row in _counted(begun).values(*_COLUMNS).iterator(chunk_size=1000):
        counts = row["tally"] or _tally(row, now)
        booked_at = datetime.fromisoformat(counts["booked_at"]) if counts["booked_at"] else None
        yield Visit(begun=row["created_at"], score=row["score"], **{**counts, "booked_at": booked_at})


def _meetings(period: Period) -> list[Meeting]:
    told = (*_MET, Booking.Status.CANCELLED)
    rows = Booking.objects.filter(status__in=told, start__gte=period.start, start__lt=period.end)
    made = rows.filter(changes__action="book").order_by().distinct()  # a hold that was given up was never a meeting
    return [Meeting(name, status) for _, name, status in made.values_list("pk", "expert__name", "status")]


def report(period: Period, *, now: datetime) -> Report:
    capacities = Expert.objects.filter(is_active=True).values_list("name", "capacity")
    return analyse(list(visits(period, now)), _meetings(period), capacities, days=period.days)


def _presets(today: date) -> list[tuple[str, str]]:
    return [(f"{days} days", f"?first={today - timedelta(days=days - 1)}&last={today}") for days in PRESETS]


def page(request: HttpRequest, now: datetime) -> dict[str, Any]:
    period = _period(PeriodForm(request.GET), now.date())
    return {
        "title": "Analytics",
        "period": period,
        "form": PeriodForm(initial={"first": period.first.isoformat(), "last": period.last.isoformat()}),
        "presets": _presets(now.date()),
        "report": report(period, now=now),
    }


def analytics_view(request: HttpRequest) -> HttpResponse:
    demand(request, "chat.view_session", "bookings.view_booking")
    context = {**admin.site.each_context(request), **page(request, timezone.now())}
    return TemplateResponse(request, "unobot/analytics.html", context)
