"""The pages behind the links in booking mails: GET shows, POST acts, no script needed; and the calendar file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial, wraps
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings import letters, links, reservations, services
from bookings.models import Booking, BookingChange
from bookings.phrases import languages, page, say
from bookings.reservations import Actor
from chat.dispatch import patiently
from chat.errors import Invalid, UnoBotError
from chat.letterhead import date_of
from chat.phrases import direction
from chat.shapes import Slot

Act = Callable[[HttpRequest, Booking, Actor, datetime], HttpResponse]
_ACTORS = {"visitor": BookingChange.Actor.VISITOR, "expert": BookingChange.Actor.EXPERT}


def _page(
    request: HttpRequest, booking: Booking | None, template: str, status: int = 200, **extra: object
) -> HttpResponse:
    language = booking.language if booking and booking.language in languages() else "en"
    zone = booking.timezone if booking else "UTC"
    words = {
        "say": page(language, zone=zone),
        "cancel_label": say(language, "cancel"),
        "direction": direction(language),
    }
    context: dict[str, object] = {"booking": booking, "language": language, **words, **extra}
    if booking is not None:
        context["when"] = letters.moment(booking.start, booking.end, zone=booking.timezone, language=language)
    return render(request, f"bookings/{template}.html", context, status=status)


def _behind(purpose: links.Purpose) -> Callable[[Act], Callable[..., HttpResponse]]:
    """A view for whoever holds a link for this purpose; refusals become a page that says what is left to do."""

    def decorate(act: Act) -> Callable[..., HttpResponse]:
        @never_cache
        @require_http_methods(["GET", "POST"])
        @wraps(act)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            booking = None
            try:
                link = links.read(token, purpose)
                booking = reservations.own(link.booking_id, None)
                actor = Actor(kind=_ACTORS[link.party])
                return patiently(partial(act, request, booking, actor, timezone.now()))
            except UnoBotError as refusal:
                return _page(request, booking, "refused", refusal.status, refusal=refusal)

        return view

    return decorate


@_behind("ics")
def invite(request: HttpRequest, booking: Booking, actor: Actor, now: datetime) -> HttpResponse:
    gone = booking.status == Booking.Status.CANCELLED
    body = letters.invite(booking, "CANCEL" if gone else "REQUEST")
    response = HttpResponse(
        body, content_type=f"text/calendar; charset=utf-8; method={'CANCEL' if gone else 'REQUEST'}"
    )
    response["Content-Disposition"] = 'attachment; filename="invite.ics"'
    return response


@_behind("cancel")
def cancel(request: HttpRequest, booking: Booking, actor: Actor, now: datetime) -> HttpResponse:
    if request.method == "GET":
        return _page(request, booking, "cancel", done=booking.status == Booking.Status.CANCELLED)
    reason = request.POST.get("reason", "")
    services.cancel_booking(session=None, now=now, booking_id=booking.pk, reason=reason, actor=actor)
    return _page(request, booking, "cancel", done=True)


def _chosen(request: HttpRequest) -> datetime:
    try:
        start = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError as error:
        raise Invalid.field("start", "Choose one of the times.") from error
    if start.tzinfo is None:
        raise Invalid.field("start", "Choose one of the times.")
    return start


@_behind("reschedule")
def reschedule(request: HttpRequest, booking: Booking, actor: Actor, now: datetime) -> HttpResponse:
    if request.method == "GET":
        return _page(request, booking, "reschedule", days=_days(booking, now))
    start = _chosen(request)
    services.reschedule_booking(session=None, now=now, booking_id=booking.pk, start_time=start, actor=actor)
    booking.refresh_from_db()
    return _page(request, booking, "reschedule", done=True)


def _days(booking: Booking, now: datetime) -> dict[str, list[Slot]]:
    """Free times of the next two weeks, by the visitor's dates."""
    slots = services.free_for(booking, now=now, window=timedelta(days=14))
    days: dict[str, list[Slot]] = {}
    for slot in slots:
        local = slot.start_time.astimezone(ZoneInfo(booking.timezone))
        days.setdefault(date_of(local, booking.language), []).append(slot)
    return days
