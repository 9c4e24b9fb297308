"""What staff do with meetings: each takes a form, makes one call and says what came of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from bookings import services
from bookings.forms import BookForm, CancelForm, MoveForm, OverrideForm, WhyForm
from bookings.models import Booking, BookingChange
from bookings.reservations import Actor
from chat.admin.access import staff_name
from chat.errors import Invalid

MOVE_WITHIN = timedelta(days=21)


def actor(request: HttpRequest, reason: str = "") -> Actor:
    return Actor(kind=BookingChange.Actor.STAFF, name=staff_name(request), reason=reason)


def checked(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        problems = [
            f"{form[name].label if name in form.fields else name}: {text}"
            for name, texts in form.errors.items()
            for text in texts
        ]
        raise Invalid(" ".join(problems))
    return form.cleaned_data


def move_form(booking: Booking, now: datetime, data: QueryDict | None = None) -> MoveForm:
    return MoveForm(data, free=services.free_for(booking, now=now, window=MOVE_WITHIN))


def _cancel(request: HttpRequest, booking: Booking) -> str:
    reason = checked(CancelForm(request.POST))["reason"]
    now = timezone.now()
    services.cancel_booking(session=None, now=now, booking_id=booking.pk, reason=reason, actor=actor(request))
    return "The meeting is cancelled; both sides get a mail."


def _move(request: HttpRequest, booking: Booking) -> str:
    now = timezone.now()
    start = checked(move_form(booking, now, request.POST))["start"]
    services.reschedule_booking(
        session=None, now=now, booking_id=booking.pk, start_time=start, actor=actor(request)
    )  # fmt: skip
    return "The meeting is moved; both sides get a mail."


def _override(request: HttpRequest, booking: Booking) -> str:
    with timezone.override(ZoneInfo(booking.expert.timezone)):
        wish = checked(OverrideForm(request.POST))
    services.reschedule_booking(
        session=None,
        now=timezone.now(),
        booking_id=booking.pk,
        start_time=wish["start"],
        actor=actor(request, wish["reason"]),
        free_choice=True,
    )
    return "The meeting is moved past the rules; both sides get a mail."


def _attendance(request: HttpRequest, booking: Booking, *, came: bool) -> str:
    services.record_attendance(now=timezone.now(), booking_id=booking.pk, came=came, actor=actor(request))
    return "Noted: the visitor came." if came else "Noted: the visitor did not come."


DEEDS: dict[str, Callable[[HttpRequest, Booking], str]] = {
    "cancel": _cancel,
    "move": _move,
    "override": _override,
    "completed": partial(_attendance, came=True),
    "no-show": partial(_attendance, came=False),
}


def _in_experts_zone(form: forms.Form) -> dict[str, Any]:
    """The form's values, its times read in the zone of the expert it names."""
    try:
        expert = form.fields["expert"].clean(form.data.get("expert"))
    except ValidationError as error:
        raise Invalid("Choose an expert.") from error
    with timezone.override(ZoneInfo(expert.timezone)):
        return checked(form)


def explain(request: HttpRequest) -> str:
    wish = _in_experts_zone(WhyForm(request.POST))
    return services.explain(now=timezone.now(), expert_id=wish["expert"].pk, start_time=wish["start"])


def book(request: HttpRequest) -> UUID:
    """Books for someone outside a conversation; the booking's id."""
    wish = _in_experts_zone(BookForm(request.POST))
    made = services.book_for(
        now=timezone.now(),
        expert_id=wish["expert"].pk,
        start_time=wish["start"],
        timezone=wish["timezone"],
        client_name=wish["client_name"],
        client_email=wish["client_email"],
        notes=wish["notes"],
        actor=actor(request, wish["reason"]),
        free_choice=wish["past_rules"],
    )
    return UUID((made.result or {})["booking_id"])
