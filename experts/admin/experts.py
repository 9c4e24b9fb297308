import calendar
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import BooleanRadioFilter
from unfold.decorators import action

from chat.admin.access import PeopleAdmin, sees_people
from chat.admin.parts import Inline, column
from chat.publish import nudge
from experts import hours
from experts.admin import exchange
from experts.forms import DAYS, LISTS, CalendarForm, ExpertForm, OverrideForm
from experts.models import DateOverride, Expert, ExternalCalendar, MeetingType, TimeOff
from experts.services import topic


class OverrideInline(Inline):
    model = DateOverride
    form = OverrideForm
    verbose_name = "other hours on one day"
    verbose_name_plural = "single days"

    def get_fields(self, request: HttpRequest, obj: Expert | None = None) -> list[str]:
        return ["day", "intervals" if self.has_change_permission(request, obj) else "hours_then", "label"]

    def get_readonly_fields(self, request: HttpRequest, obj: Expert | None = None) -> list[str]:
        return ["hours_then"]

    @column("Hours of that day")
    def hours_then(self, override: DateOverride) -> str:
        return hours.write(override.intervals) or "day off"


class TimeOffInline(Inline):
    model = TimeOff


class MeetingTypeInline(Inline):
    model = MeetingType
    fields = ["name", "slug", "duration", "interval", "buffer_before", "buffer_after", "notice", "is_active"]
    prepopulated_fields = {"slug": ["name"]}


class CalendarInline(Inline):
    model = ExternalCalendar
    form = CalendarForm
    verbose_name = "calendar feed"
    verbose_name_plural = "other calendars"
    fields = ["kind", "name", "secret", "is_active", "read_at", "error"]
    readonly_fields = ["kind", "read_at", "error"]

    def get_fields(self, request: HttpRequest, obj: Expert | None = None) -> list[str]:
        """Whoever may not change it is not shown the address, not even as stars."""
        hidden = "" if self.has_change_permission(request, obj) else "secret"
        return [name for name in self.fields if name != hidden]


@admin.register(Expert)
class ExpertAdmin(PeopleAdmin):
    form = ExpertForm
    personal_fields = ("email",)
    list_filter = [("is_active", BooleanRadioFilter), "timezone"]
    list_display = ["person", "local_time", "spoken", "open_hours", "upcoming", "shown_active"]
    actions = ["activate", "deactivate", "export_chosen", "export_chosen_xlsx"]
    actions_list = ["to_import", "to_export"]
    inlines = [OverrideInline, TimeOffInline, CalendarInline, MeetingTypeInline]
    actions_detail = ["connect_google"]
    warn_unsaved_form = True

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["name", "role", "email"] if sees_people(request) else ["name", "role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Expert]:
        rows: QuerySet[Expert] = super().get_queryset(request)
        ahead = Q(bookings__status="confirmed", bookings__end__gte=timezone.now())
        return rows.annotate(ahead=Count("bookings", filter=ahead)).prefetch_related("weekly_hours")

    def get_readonly_fields(self, request: HttpRequest, obj: Expert | None = None) -> list[str]:
        return ["week", "profile"]

    def get_fieldsets(self, request: HttpRequest, obj: Expert | None = None) -> list[tuple[str | None, dict[str, Any]]]:
        zone = obj.timezone if obj else "the expert's own time zone"
        email = ["email"] if sees_people(request) else []
        week: list[Any] = ["week"]
        profile: list[Any] = ["profile"]
        if self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj):
            week = [DAYS[0:2], DAYS[2:4], DAYS[4:6], DAYS[6]]
            profile = [("services", "specialties"), ("industries", "languages")]
        return [
            (None, {"fields": [("name", *email), ("role", "is_active"), "bio", "photo"]}),
            ("What they do", {"fields": profile}),
            (
                "Weekly hours",
                {
                    "description": f"Times of {zone}, as 09:00-12:30, 13:30-17:00. Empty is closed; 24:00 is midnight.",
                    "fields": [("timezone", "country"), *week],
                },
            ),
            (
                "Meetings",
                {
                    "description": "Minutes; the horizon in days, capacity in meetings of the coming four weeks.",
                    "fields": [
                        ("duration", "interval"), ("buffer_before", "buffer_after"), ("notice", "horizon"),
                        ("capacity", "daily_cap"),
                    ],
                },
            ),
        ]  # fmt: skip

    @column("Expert", header=True, ordering="name")
    def person(self, expert: Expert) -> list[str]:
        return [expert.name, expert.role]

    @column("Now there", ordering="timezone")
    def local_time(self, expert: Expert) -> str:
        return f"{timezone.now().astimezone(ZoneInfo(expert.timezone)):%a %H:%M}, {expert.timezone}"

    @column("Languages")
    def spoken(self, expert: Expert) -> str:
        return ", ".join(expert.languages)

    @column("Hours a week")
    def open_hours(self, expert: Expert) -> str:
        minutes = sum(row.end - row.start for row in expert.weekly_hours.all())
        return f"{minutes / 60:g}"

    @column("Week")
    def week(self, expert: Expert) -> SafeString:
        days = [
            (name, hours.write((row.start, row.end) for row in expert.weekly_hours.all() if row.weekday == weekday))
            for weekday, name in enumerate(calendar.day_name)
        ]
        return format_html_join("", "{}: {}<br>", [(name, text or "closed") for name, text in days])

    @column("Profile")
    def profile(self, expert: Expert) -> SafeString:
        lists = [(name.capitalize(), ", ".join(getattr(expert, name))) for name in LISTS]
        return format_html_join("", "{}: {}<br>", [(name, words or "none") for name, words in lists])

    @column("Meetings ahead", ordering="ahead")
    def upcoming(self, expert: Expert) -> int:
        return int(getattr(expert, "ahead", 0))

    @column("Active", boolean=True, ordering="is_active")
    def shown_active(self, expert: Expert) -> bool:
        return expert.is_active

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Times are typed and shown in the expert's own zone; rendered here, as the zone ends with the block."""
        with self._zone(request, object_id):
            response: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _zone(self, request: HttpRequest, object_id: str | None) -> AbstractContextManager[None]:
        expert = self.get_object(request, object_id) if object_id else None
        name = request.POST.get("timezone") or (expert.timezone if expert else "")
        return timezone.override(ZoneInfo(name)) if name in available_timezones() else nullcontext()

    def save_related(self, request: HttpRequest, form: "ModelForm[Expert]", formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if isinstance(form, ExpertForm):
            form.save_hours()
        nudge(topic(form.instance.pk))
        for warning in conflicts(form.instance):
            messages.warning(request, warning)

    @action(  # type: ignore[untyped-decorator]  # django-unfold has no types
        description="Connect Google Calendar", icon="calendar_add_on", permissions=["google"]
    )
    def connect_google(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect("google-connect", object_id)

    def has_google_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        return bool(settings.GOOGLE_CLIENT_ID) and request.user.has_perm("experts.change_expert")

    def get_urls(self) -> list[URLPattern]:
        protect = self.admin_site.admin_view
        own = [
            path("export/", protect(exchange.export_view), name="experts_expert_export"),
            path("import/", protect(exchange.import_view), name="experts_expert_import"),
        ]
        return [*own, *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return sees_people(request) and request.user.has_perms(("experts.add_expert", "experts.change_expert"))

    @action(description="Import", icon="upload", permissions=["import"])  # type: ignore[untyped-decorator]
    def to_import(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:experts_expert_import")

    @action(description="Export", icon="download", permissions=["people"])  # type: ignore[untyped-decorator]
    def to_export(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:experts_expert_export")

    @admin.action(description="Export as CSV", permissions=["people"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Expert]) -> HttpResponse:
        return exchange.export(request, queryset)

    @admin.action(description="Export as Excel", permissions=["people"])
    def export_chosen_xlsx(self, request: HttpRequest, queryset: QuerySet[Expert]) -> HttpResponse:
        return exchange.export(request, queryset, xlsx=True)

    @admin.action(description="Offer to visitors", permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[Expert]) -> None:
        self._set_active(request, queryset, active=True)

    @admin.action(description="No longer offer to visitors", permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[Expert]) -> None:
        self._set_active(request, queryset, active=False)

    def _set_active(self, request: HttpRequest, queryset: QuerySet[Expert], *, active: bool) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        Expert.objects.filter(pk__in=ids).update(is_active=active)
        for expert_id in ids:
            nudge(topic(expert_id))
        messages.success(request, f"{len(ids)} experts are {'offered' if active else 'no longer offered'}.")


def conflicts(expert: Expert) -> Iterable[str]:
    """Meetings that stand although the expert is away, told so that somebody moves them."""
    zone, now = ZoneInfo(expert.timezone), timezone.now()
    for away in expert.time_off.filter(end__gt=now):
        hit = expert.bookings.filter(status="confirmed", busy_from__lt=away.end, busy_until__gt=away.start)
        for booking in hit:
            local = booking.start.astimezone(zone)
            yield f"{expert} is away then, but has a meeting on {local:%a %d %b, %H:%M}. Please move it."
