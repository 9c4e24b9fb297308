"""The staff's pages about requirements documents: reading, comparing, editing, approving."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateFilter

from chat.admin.access import PERSONAL_DATA, ReadOnlyAdmin, demand, locked, refusals_told, sees_people
from chat.admin.conversation import PANELS, Panel
from chat.admin.links import session_link
from chat.admin.parts import column
from chat.models import Session
from prd import services, sharing
from prd.admin import editor, reading
from prd.admin.reading import newest_first
from prd.editing import BreaksRules
from prd.lint import Finding
from prd.models import Prd, PrdVersion, Status

STATUS_COLOURS = {"draft": "info", "in_review": "warning", "approved": "success"}
Deed = Callable[[Session, int, datetime], str]


def _enter(status: Status) -> Deed:
    def do(session: Session, version: int, now: datetime) -> str:
        services.set_status(session=session, version=version, status=status, now=now)
        return f"Version {version} is {status.label.lower()} now."

    return do


def _revoke(session: Session, version: int, now: datetime) -> str:
    return f"{services.revoke_links(session=session, now=now)} links no longer open the document."


DEEDS: dict[str, Deed] = {
    "review": _enter(Status.IN_REVIEW),
    "approve": _enter(Status.APPROVED),
    "revoke-links": _revoke,
}


@admin.register(Prd)
class PrdAdmin(ReadOnlyAdmin):
    personal_fields = ("versions",)
    list_filter = [("status", ChoicesCheckboxFilter), ("created_at", RangeDateFilter)]
    list_select_related = ["session"]
    search_help_text = "Title, words of the document, or id"
    change_form_template = "admin/prd/prd/document.html"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        name = "title" if sees_people(request) else "number"
        return [name, "shown_status", "version_count", "language", "written", "conversation"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["versions__title", "versions__markdown", "=id"] if sees_people(request) else ["=id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Prd]:
        written = Q(versions__state=PrdVersion.State.WRITTEN)
        rows: QuerySet[Prd] = super().get_queryset(request)
        counts = rows.annotate(count=Count("versions", filter=written), last=Max("versions__written_at"))
        return counts.prefetch_related("versions")

    @column("Document")
    def title(self, prd: Prd) -> str:
        return next((version.title for version in newest_first(prd) if version.title), str(prd))

    @column("Document")
    def number(self, prd: Prd) -> str:
        return str(prd)

    @column("Status", label=STATUS_COLOURS, ordering="status")
    def shown_status(self, prd: Prd) -> tuple[str, str]:
        return prd.status, prd.get_status_display()

    @column("Versions", ordering="count")
    def version_count(self, prd: Prd) -> int:
        return int(getattr(prd, "count", 0))

    @column("Language")
    def language(self, prd: Prd) -> str:
        return next((version.language for version in newest_first(prd)), "-")

    @column("Last written", ordering="last")
    def written(self, prd: Prd) -> Any:
        return getattr(prd, "last", None)

    @column("Conversation")
    def conversation(self, prd: Prd) -> SafeString | str:
        return session_link(prd.session)

    def get_urls(self) -> list[URLPattern]:
        protect = self.admin_site.admin_view
        own = [
            path("<uuid:prd_id>/do/<slug:deed>/", protect(self.deed_view), name="prd_prd_do"),
            path("<uuid:prd_id>/edit/<int:number>/", protect(self.edit_view), name="prd_prd_edit"),
            path("<uuid:prd_id>/v<int:number>.md", protect(self.download_view), name="prd_prd_download"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        prd = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(reading.page(prd, request, STATUS_COLOURS) if prd else {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def deed_view(self, request: HttpRequest, prd_id: UUID, deed: str) -> HttpResponse:
        if request.method != "POST" or deed not in DEEDS:
            raise Http404
        demand(request, "prd.change_prd")
        prd = get_object_or_404(Prd, pk=prd_id)
        with refusals_told(request):
            with locked(prd.session_id) as session:
                told = DEEDS[deed](session, _number(request.POST.get("version", "")), timezone.now())
            messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:prd_prd_change", args=[prd_id]))

    def edit_view(self, request: HttpRequest, prd_id: UUID, number: int) -> HttpResponse:
        """The newest version as fields; posted, a version of its own, or what is wrong beside each field."""
        demand(request, "prd.change_prd", PERSONAL_DATA)
        version = get_object_or_404(PrdVersion, prd=prd_id, number=number, state=PrdVersion.State.WRITTEN)
        findings: list[Finding] = []
        if request.method == "POST":
            with refusals_told(request):
                try:
                    return self._saved(request, version)
                except BreaksRules as broken:
                    findings = broken.findings
        context = {**self.admin_site.each_context(request), **editor.page(version, request, findings)}
        return TemplateResponse(request, "admin/prd/prd/edit.html", context)

    def _saved(self, request: HttpRequest, version: PrdVersion) -> HttpResponse:
        with locked(version.prd.session_id) as session:
            row = services.edit_prd(
                session=session,
                version=version.number,
                texts=request.POST.dict(),
                note=request.POST.get("note", ""),
                now=timezone.now(),
            )
        messages.success(request, f"Saved as version {row.number}.")
        return HttpResponseRedirect(reverse("admin:prd_prd_change", args=[version.prd_id]))

    def download_view(self, request: HttpRequest, prd_id: UUID, number: int) -> HttpResponse:
        demand(request, "prd.view_prd", PERSONAL_DATA)
        version = get_object_or_404(PrdVersion, prd=prd_id, number=number, state=PrdVersion.State.WRITTEN)
        disposition = {"Content-Disposition": f'attachment; filename="{sharing.filename(version, "md")}"'}
        return HttpResponse(version.markdown, content_type="text/markdown; charset=utf-8", headers=disposition)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _beside(session: Session, people: bool) -> list[tuple[Prd, str]]:
    rows = Prd.objects.filter(session=session).prefetch_related("versions")
    return [(prd, next((v.title for v in newest_first(prd) if v.title and people), str(prd))) for prd in rows]


PANELS.append(Panel("Requirements document", "admin/prd/prd/beside.html", _beside))
