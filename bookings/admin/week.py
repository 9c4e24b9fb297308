"""The week of one expert as a grid, or of all as strips, in the zone that the person at the page chooses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from bookings import services
from bookings.diary import diaries
from bookings.forms import WeekForm
from bookings.models import Booking
from bookings.week import Grid, Strip, days_of, grid, monday, strips, window
from chat.admin.access import demand, sees_people
from experts.models import Expert

REACH = timedelta(days=3650)
LEGEND = [
    ("free", "Free, as offered"), ("open", "Open, not offered"), ("meeting", "Meeting"), ("hold", "Held"),
    ("elsewhere", "Busy elsewhere"), ("away", "Time off"), ("closed", "Closed"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a week of an expert, or of everybody when there is none."""

    expert: Expert | None
    zone: str
    first: date

    def link(self, *, weeks: int = 0, expert: Expert | None = None) -> str:
        shown = expert or self.expert
        chosen = {"expert": str(shown.pk)} if shown else {}
        day = self.first + timedelta(weeks=weeks)
        query = {**chosen, "zone": self.zone, "day": day.isoformat()}
        return f"{reverse('admin:bookings_booking_week')}?{urlencode(query)}"


@dataclass(frozen=True, slots=True)
class Line:
    """One expert among all."""

    expert: Expert
    link: str
    strips: list[Strip]


def _chosen(form: WeekForm, now: datetime) -> View:
    """What does not make sense is as if it were not chosen."""
    form.is_valid()
    expert: Expert | None = form.cleaned_data.get("expert")
    zone = form.cleaned_data.get("zone") or (expert.timezone if expert else "UTC")
    today = now.astimezone(ZoneInfo(zone)).date()
    day = form.cleaned_data.get("day") or today
    return View(expert, zone, monday(min(max(day, today - REACH), today + REACH)))


def _why(view: View, text: str, now: datetime) -> dict[str, Any] | None:
    """Why the time that was clicked is not offered, in the words that visitors' refusals have too."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    if view.expert is None or not view.expert.is_active or start.tzinfo is None or abs(start - now) > REACH:
        return None
    local = start.astimezone(ZoneInfo(view.zone))
    typed = start.astimezone(ZoneInfo(view.expert.timezone))
    query = urlencode({"expert": str(view.expert.pk), "start": f"{typed:%Y-%m-%dT%H:%M}"})
    return {
        "start": start,
        "when": f"{local:%A %d %B, %H:%M (%Z)}",
        "because": services.explain(now=now, expert_id=view.expert.pk, start_time=start),
        "book": f"{reverse('admin:bookings_booking_add')}?{query}",
    }


def _grid(view: View, now: datetime, people: bool) -> Grid | None:
    if view.expert is None:
        return None
    span = window(view.zone, view.first)
    diary = diaries([view.expert], window=span, now=now, people=people)[view.expert.pk]
    return grid(diary, zone=view.zone, first=view.first, now=now)


def _lines(view: View, experts: Sequence[Expert], now: datetime) -> list[Line]:
    found = diaries(experts, window=window(view.zone, view.first), now=now, people=False)
    return [
        Line(expert, view.link(expert=expert), strips(found[expert.pk], zone=view.zone, first=view.first))
        for expert in experts
    ]


def page(request: HttpRequest, now: datetime) -> dict[str, Any]:
    form = WeekForm(request.GET)
    view = _chosen(form, now)
    shown = WeekForm(initial={"expert": view.expert, "zone": view.zone, "day": view.first.isoformat()})
    days, here = days_of(view.zone, view.first), now.astimezone(ZoneInfo(view.zone))
    experts = [] if view.expert else list(Expert.objects.filter(is_active=True))
    return {
        "form": shown,
        "view": view,
        "days": days,
        "today": here.date(),
        "clock": f"{here:%a %H:%M}",
        "before": view.link(weeks=-1),
        "after": view.link(weeks=1),
        "here": view.link(),
        "grid": _grid(view, now, sees_people(request)),
        "lines": _lines(view, experts, now),
        "legend": LEGEND,
        "why": _why(view, request.GET.get("why", ""), now),
        "may_book": request.user.has_perm("bookings.change_booking") and sees_people(request),
    }


def week_view(request: HttpRequest) -> HttpResponse:
    demand(request, "bookings.view_booking", "experts.view_expert")
    context = {**admin.site.each_context(request), "opts": Booking._meta, "title": "Week"}
    return TemplateResponse(request, "admin/bookings/booking/week.html", {**context, **page(request, timezone.now())})
