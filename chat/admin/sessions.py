import io
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from unfold.contrib.filters.admin import AllValuesCheckboxFilter, ChoicesCheckboxFilter, RangeDateFilter

from chat import downloads, services, staff
from chat.admin import brief, leads, workbook
from chat.admin.access import PERSONAL_DATA, ReadOnlyAdmin, demand, locked, refusals_told, sees_people, staff_name
from chat.admin.conversation import page, spoken
from chat.admin.filters import BandFilter, ContactFilter, ServiceFilter, band
from chat.admin.parts import column
from chat.models import LedgerEntry, Message, Session

STATUS_COLOURS = {"open": "info", "completed": "success", "abandoned": "warning", "waiting": "danger"}
BAND_COLOURS = {"hot": "success", "warm": "warning", "cold": "default"}


def _told(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of the session that the outer query is at."""
    return rows.filter(session=OuterRef("pk"))


def _take_over(request: HttpRequest, session: Session) -> str:
    staff.take_over(session=session, now=timezone.now())
    return "The bot is silent now. What you write below reaches the visitor."


def _give_back(request: HttpRequest, session: Session) -> str:
    staff.give_back(session=session, now=timezone.now())
    return "The bot goes on with this conversation."


def _reply(request: HttpRequest, session: Session) -> str:
    text = request.POST.get("text", "")
    staff.reply(session=session, text=text, name=staff_name(request), now=timezone.now())
    return ""


def _erase(request: HttpRequest, session: Session) -> str:
    services.erase_data(session=session, now=timezone.now(), confirm=True)
    return "Everything that this visitor gave has been erased."


DEEDS: dict[str, tuple[str, Callable[[HttpRequest, Session], str]]] = {
    "take-over": ("chat.change_session", _take_over),
    "give-back": ("chat.change_session", _give_back),
    "reply": ("chat.change_session", _reply),
    "erase": ("chat.delete_session", _erase),
}


@admin.register(Session)
class SessionAdmin(ReadOnlyAdmin):
    personal_fields = ("referrer", "dialogue", "score_explanation")
    list_filter = [
        ("status", ChoicesCheckboxFilter), ("phase", ChoicesCheckboxFilter), BandFilter, ContactFilter,
        ServiceFilter, ("language", AllValuesCheckboxFilter),
        ("last_activity_at", RangeDateFilter),
    ]  # fmt: skip
    search_help_text = "Words of the conversation, name, email or the session's id"
    actions = ["export_leads", "export_leads_sheet"]
    change_form_template = "admin/chat/session/conversation.html"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        who = ["person"] if sees_people(request) else ["number"]
        return [*who, "shown_status", "shown_phase", "shown_score", "service", "language", "active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Session]:
        rows: QuerySet[Session] = super().get_queryset(request)
        return brief.with_contact(rows)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Session], search_term: str
    ) -> tuple[QuerySet[Session], bool]:
        """Every word somewhere in the conversation; whoever may not see people finds ids only."""
        for word in search_term.split():
            found = Q(pk__startswith=word.lower())
            if sees_people(request):
                found |= Q(Exists(_told(Message.objects.filter(content__icontains=word))))
                escaped = json.dumps(word)[1:-1]  # as SQLite keeps JSON; PostgreSQL keeps it as it is read
                values = Q(value__icontains=word) | Q(value__icontains=escaped)
                found |= Q(Exists(_told(LedgerEntry.objects.filter(values))))
            queryset = queryset.filter(found)
        return queryset, False

    @column("Visitor", header=True)
    def person(self, session: Session) -> list[str]:
        contact = brief.contact(session)
        about = " · ".join(filter(None, (contact["company"], contact["email"])))
        return [contact["name"] or f"Visitor {str(session.pk)[:8]}", about or "no contact yet"]

    @column("Conversation")
    def number(self, session: Session) -> str:
        return str(session.pk)[:8]

    @column("Status", label=STATUS_COLOURS, ordering="status")
    def shown_status(self, session: Session) -> tuple[str, str]:
        if session.handed_over and session.status == Session.Status.OPEN:
            return "waiting", "waits for a person"
        return session.status, session.status

    @column("Phase", ordering="phase")
    def shown_phase(self, session: Session) -> str:
        return session.get_phase_display()

    @column("Score", label=BAND_COLOURS, ordering="score")
    def shown_score(self, session: Session) -> tuple[str, str] | None:
        return None if session.score is None else (band(session.score), str(session.score))

    @column("Service", ordering="recommended_service")
    def service(self, session: Session) -> str:
        return brief.service(session) or "-"

    @column("Last activity", ordering="last_activity_at")
    def active(self, session: Session) -> str:
        return f"{timesince(session.last_activity_at, depth=1)} ago"

    def get_urls(self) -> list[URLPattern]:
        protect = self.admin_site.admin_view
        own = [
            path("<uuid:session_id>/transcript/", protect(self.transcript_view), name="chat_session_transcript"),
            path("<uuid:session_id>/files/<uuid:file_id>/", protect(self.file_view), name="chat_session_file"),
            path("<uuid:session_id>/typing/<slug:deed>/", protect(self.typing_view), name="chat_session_typing"),
            path("<uuid:session_id>/do/<slug:deed>/", protect(self.deed_view), name="chat_session_do"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        session = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(page(session, request) if session else {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def transcript_view(self, request: HttpRequest, session_id: UUID) -> HttpResponse:
        """The part of the page that is read again while it is open."""
        demand(request, "chat.view_session", PERSONAL_DATA)
        session = get_object_or_404(Session, pk=session_id)
        return render(request, "admin/chat/session/transcript.html", {"spoken": spoken(session)})

    def file_view(self, request: HttpRequest, session_id: UUID, file_id: UUID) -> HttpResponse:
        demand(request, "chat.view_session", PERSONAL_DATA)
        with refusals_told(request):
            return downloads.response(*services.attached_file(get_object_or_404(Session, pk=session_id), file_id))
        return HttpResponseRedirect(reverse("admin:chat_session_change", args=[session_id]))

    def typing_view(self, request: HttpRequest, session_id: UUID, deed: str) -> HttpResponse:
        if request.method != "POST" or deed not in ("start", "stop"):
            raise Http404
        demand(request, "chat.change_session", PERSONAL_DATA)
        staff.show_typing(get_object_or_404(Session, pk=session_id), active=deed == "start")
        return HttpResponse(status=204)

    def deed_view(self, request: HttpRequest, session_id: UUID, deed: str) -> HttpResponse:
        if request.method != "POST" or deed not in DEEDS:
            raise Http404
        permission, do = DEEDS[deed]
        demand(request, permission, PERSONAL_DATA)
        get_object_or_404(Session, pk=session_id)
        with refusals_told(request):
            with locked(session_id) as session:
                told = do(request, session)
            if told:
                messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:chat_session_change", args=[session_id]))

    @admin.action(description="Export as CSV", permissions=["people"])
    def export_leads(self, request: HttpRequest, queryset: QuerySet[Session]) -> HttpResponse:
        response = _attachment("text/csv; charset=utf-8", "csv")
        leads.write_csv(queryset, response)
        LogEntry.objects.log_actions(request.user.pk or 0, queryset, CHANGE, "Exported as CSV.")
        return response

    @admin.action(description="Export as Excel", permissions=["people"])
    def export_leads_sheet(self, request: HttpRequest, queryset: QuerySet[Session]) -> HttpResponse:
        response, sheet = _attachment(workbook.MIMETYPE, "xlsx"), io.BytesIO()
        leads.write_xlsx(queryset, sheet)
        response.content = sheet.getvalue()
        LogEntry.objects.log_actions(request.user.pk or 0, queryset, CHANGE, "Exported as Excel.")
        return response


def _attachment(content_type: str, ending: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="leads-{timezone.now():%Y-%m-%d}.{ending}"'}
    return HttpResponse(content_type=content_type, headers=disposition)
