from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from django.contrib import admin, messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateFilter

from chat.admin.access import PERSONAL_DATA, ReadOnlyAdmin, demand, locked, refusals_told, sees_people
from chat.admin.conversation import PANELS, Panel
from chat.admin.links import session_link, session_url
from chat.admin.parts import column
from chat.models import Session
from prd import render, services, sharing
from prd.diff import Change, diff
from prd.document import Document
from prd.models import Prd, PrdVersion

STATUS_COLOURS = {"draft": "info", "in_review": "warning", "approved": "success"}


def _set_status(status: Prd.Status) -> Callable[[Prd], str]:
    def do(prd: Prd) -> str:
        services.set_status(prd_id=prd.pk, status=status)
        return f"The document is {status.label.lower()} now."

    return do


def _revoke(prd: Prd) -> str:
    count = services.revoke_links(prd_id=prd.pk, now=timezone.now())
    return f"{count} links no longer open the document."


DEEDS: dict[str, Callable[[Prd], str]] = {
    **{status.value: _set_status(status) for status in Prd.Status},
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
        return next((version.title for version in _newest_first(prd) if version.title), str(prd))

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
        return next((version.language for version in _newest_first(prd)), "-")

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
            path("<uuid:prd_id>/v<int:number>.md", protect(self.download_view), name="prd_prd_download"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        prd = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(page(prd, request) if prd else {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def deed_view(self, request: HttpRequest, prd_id: UUID, deed: str) -> HttpResponse:
        if request.method != "POST" or deed not in DEEDS:
            raise Http404
        demand(request, "prd.change_prd")
        prd = get_object_or_404(Prd, pk=prd_id)
        with refusals_told(request):
            with locked(prd.session_id):
                told = DEEDS[deed](prd)
            messages.success(request, told)
        return HttpResponseRedirect(reverse("admin:prd_prd_change", args=[prd_id]))

    def download_view(self, request: HttpRequest, prd_id: UUID, number: int) -> HttpResponse:
        demand(request, "prd.view_prd", PERSONAL_DATA)
        version = get_object_or_404(PrdVersion, prd=prd_id, number=number, state=PrdVersion.State.WRITTEN)
        disposition = {"Content-Disposition": f'attachment; filename="{sharing.filename(version, "md")}"'}
        return HttpResponse(version.markdown, content_type="text/markdown; charset=utf-8", headers=disposition)


def _newest_first(prd: Prd) -> list[PrdVersion]:
    return sorted(prd.versions.all(), key=lambda version: -version.number)


def page(prd: Prd, request: HttpRequest) -> dict[str, Any]:
    people = sees_people(request)
    versions = _newest_first(prd)
    chosen = _chosen(versions, request.GET.get("version", ""))
    return {
        "prd": prd,
        "people": people,
        "title": (chosen.title if chosen and people else "") or str(prd),
        "subtitle": "",
        "versions": versions,
        "chosen": chosen,
        "colour": STATUS_COLOURS[prd.status],
        "document": _shown(prd, chosen) if chosen and people else "",
        "changes": _changes(versions, chosen) if chosen and people else [],
        "links": [share for version in versions for share in version.shares.all() if share.is_open(timezone.now())],
        "statuses": [status for status in Prd.Status if status != prd.status],
        "may_change": request.user.has_perm("prd.change_prd"),
    }


def _chosen(versions: list[PrdVersion], number: str) -> PrdVersion | None:
    written = [version for version in versions if version.state == PrdVersion.State.WRITTEN]
    return next((version for version in written if str(version.number) == number), written[0] if written else None)


def _shown(prd: Prd, version: PrdVersion) -> SafeString:
    return mark_safe(render.html(version.markdown, messages=session_url(prd.session)))  # noqa: S308  # cleaned by nh3


def _changes(versions: list[PrdVersion], chosen: PrdVersion) -> list[Change]:
    """What the chosen version changed of the written one before it."""
    earlier = [v for v in versions if v.number < chosen.number and v.state == PrdVersion.State.WRITTEN]
    if not earlier:
        return []
    return diff(msgspec.convert(earlier[0].document, Document), msgspec.convert(chosen.document, Document))


def _beside(session: Session, people: bool) -> list[tuple[Prd, str]]:
    rows = Prd.objects.filter(session=session).prefetch_related("versions")
    return [(prd, next((v.title for v in _newest_first(prd) if v.title and people), str(prd))) for prd in rows]


PANELS.append(Panel("Requirements document", "admin/prd/prd/beside.html", _beside))
