from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateFilter, RelatedDropdownFilter

from bookings.admin import desk
from bookings.admin.week import week_view
from bookings.forms import BookForm, CancelForm, OverrideForm
from bookings.models import Booking
from chat.admin.access import ReadOnlyAdmin, demand, refusals_told, sees_people
from chat.admin.conversation import PANELS, Panel
from chat.admin.links import session_link
from chat.admin.parts import Choice, column
from chat.models import Session

STATUS_COLOURS = {
    "held": "warning", "confirmed": "success", "cancelled": "danger", "completed": "info", "no_show": "danger",
}  # fmt: skip


class TimeFilter(Choice):
    title = "time"
    parameter_name = "time"
    options = {
        "today": ("Today (UTC)", lambda rows: rows.filter(start__date=timezone.now().date())),
        "ahead": ("Ahead", lambda rows: rows.filter(end__gte=timezone.now())),
        "past": ("Past", lambda rows: rows.filter(end__lt=timezone.now())),
    }


@admin.register(Booking)
class BookingAdmin(ReadOnlyAdmin):
    personal_fields = ("client_name", "client_email", "notes", "meeting_link")
    list_filter = [
        TimeFilter,
        ("status", ChoicesCheckboxFilter),
        ("expert", RelatedDropdownFilter),
        ("start", RangeDateFilter),
    ]
    list_select_related = ["expert", "meeting_type", "session"]
    search_help_text = "Visitor's name or email, expert's name, id"
    fields = ["status"]
    change_form_template = "admin/bookings/booking/booking.html"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        client = ["client"] if sees_people(request) else []
        return ["when", "shown_status", "expert", *client, "kind", "conversation", "changed"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        people = ["client_name", "client_email"] if sees_people(request) else []
        return [*people, "expert__name", "=id"]

    @column("Starts, expert's time", header=True, ordering="start")
    def when(self, booking: Booking) -> list[str]:
        local = booking.start.astimezone(ZoneInfo(booking.expert.timezone))
        return [f"{local:%a %d %b %Y, %H:%M}", f"{local:%Z} · {booking.start:%H:%M} UTC"]

    @column("Status", label=STATUS_COLOURS, ordering="status")
    def shown_status(self, booking: Booking) -> tuple[str, str]:
        if booking.status == Booking.Status.HELD and booking.hold_expires_at:
            return booking.status, f"held until {booking.hold_expires_at:%H:%M} UTC"
        return booking.status, booking.get_status_display()

    @column("Visitor", ordering="client_name")
    def client(self, booking: Booking) -> str:
        return booking.client_name or "-"

    @column("Meeting")
    def kind(self, booking: Booking) -> str:
        name = booking.meeting_type.name if booking.meeting_type else "Meeting"
        return f"{name}, {(booking.end - booking.start).seconds // 60} min"

    @column("Conversation")
    def conversation(self, booking: Booking) -> SafeString | str:
        return session_link(booking.session)

    @column("Changed", ordering="updated_at")
    def changed(self, booking: Booking) -> str:
        return f"{timesince(booking.updated_at, depth=1)} ago"

    def get_urls(self) -> list[URLPattern]:
        do = path(
            "<uuid:booking_id>/do/<slug:deed>/", self.admin_site.admin_view(self.deed_view), name="bookings_booking_do"
        )
        week = path("week/", self.admin_site.admin_view(week_view), name="bookings_booking_week")
        return [do, week, *super().get_urls()]

    def deed_view(self, request: HttpRequest, booking_id: UUID, deed: str) -> HttpResponse:
        if request.method != "POST" or deed not in desk.DEEDS:
            raise Http404
        demand(request, "bookings.change_booking")
        booking = get_object_or_404(Booking.objects.select_related("expert"), pk=booking_id)
        with refusals_told(request):
            messages.success(request, desk.DEEDS[deed](request, booking))
        return HttpResponseRedirect(reverse("admin:bookings_booking_change", args=[booking_id]))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_work_permission(request) and sees_people(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Book for someone outside a conversation, or ask why a time is not offered."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "explain" in request.POST:
            with refusals_told(request):
                messages.info(request, desk.explain(request))
        elif request.method == "POST":
            with refusals_told(request):
                booking_id = desk.book(request)
                messages.success(request, "The meeting is booked; both sides get a mail.")
                return HttpResponseRedirect(reverse("admin:bookings_booking_change", args=[booking_id]))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "Book for a visitor"}
        form = BookForm(initial=(request.POST or request.GET).dict())
        return TemplateResponse(request, "admin/bookings/booking/book.html", {**context, "form": form})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        booking = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(page(booking, request) if booking else {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response


def page(booking: Booking, request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    may_change = request.user.has_perm("bookings.change_booking")
    active = booking.status == Booking.Status.CONFIRMED and now < booking.end
    begun = now >= booking.start and booking.status in ("confirmed", "completed", "no_show")
    return {
        "booking": booking,
        "people": sees_people(request),
        "title": f"Meeting with {booking.expert}",
        "subtitle": "",
        "expert_time": _clock(booking.start, booking.expert.timezone),
        "visitor_time": _clock(booking.start, booking.timezone),
        "minutes": (booking.end - booking.start).seconds // 60,
        "colour": STATUS_COLOURS.get(booking.status, ""),
        "changes": booking.changes.order_by("id"),
        "cancel_form": CancelForm() if may_change and active else None,
        "move_form": desk.move_form(booking, now) if may_change and active else None,
        "override_form": OverrideForm() if may_change and active else None,
        "may_note": may_change and begun,
    }


def _clock(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%A %d %B %Y, %H:%M (%Z)}"


def _beside(session: Session, people: bool) -> list[tuple[Booking, str]]:
    rows = session.bookings.select_related("expert").order_by("start")
    return [(booking, _clock(booking.start, booking.expert.timezone)) for booking in rows]


PANELS.append(Panel("Bookings", "admin/bookings/booking/beside.html", _beside))
