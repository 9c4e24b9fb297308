"""The pages that let experts out to a spreadsheet and in again."""

from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from chat.admin import workbook
from chat.admin.access import PERSONAL_DATA, demand
from experts.admin import sheet
from experts.models import Expert


def _answer(mimetype: str, extension: str) -> HttpResponse:
    response = HttpResponse(content_type=mimetype)
    response["Content-Disposition"] = f'attachment; filename="experts-{timezone.now():%Y-%m-%d}.{extension}"'
    return response


def export(request: HttpRequest, experts: QuerySet[Expert], *, xlsx: bool = False) -> HttpResponse:
    demand(request, "experts.view_expert", PERSONAL_DATA)
    rows = experts.prefetch_related("weekly_hours")
    if not xlsx:
        response = _answer("text/csv; charset=utf-8", "csv")
        sheet.write(rows, response)
        return response
    response, file = _answer(workbook.MIMETYPE, "xlsx"), BytesIO()
    sheet.write_xlsx(rows, file)
    response.write(file.getvalue())
    return response


def export_view(request: HttpRequest) -> HttpResponse:
    return export(request, Expert.objects.all(), xlsx=request.GET.get("format") == "xlsx")


def _sent(request: HttpRequest) -> str:
    """The file that was chosen, or the text of the one that was shown before."""
    if file := request.FILES.get("file"):
        return sheet.decode(file.read(sheet.MOST_BYTES + 1))
    return str(request.POST.get("text", ""))


def _keep(request: HttpRequest, lines: list[sheet.Line]) -> HttpResponse:
    kept = sheet.take(lines)
    rows = Expert.objects.filter(pk__in=[expert.pk for expert in kept])
    LogEntry.objects.log_actions(request.user.pk or 0, rows, CHANGE, "Imported from a file.")
    messages.success(request, f"{len(kept)} experts were added or changed.")
    return redirect("admin:experts_expert_changelist")


def import_view(request: HttpRequest) -> HttpResponse:
    """First shows what a file would change; keeps it when asked to, all rows or none."""
    demand(request, "experts.add_expert", "experts.change_expert", PERSONAL_DATA)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            text = _sent(request)
            lines = sheet.read(text)
            faulty = sum(bool(line.errors) for line in lines)
            if "keep" in request.POST and not faulty:
                return _keep(request, lines)
            context = {"lines": lines, "faulty": faulty, "text": text}
        except sheet.BadSheet as error:
            messages.error(request, str(error))
    context |= {**admin.site.each_context(request), "opts": Expert._meta, "title": "Import experts"}
    return TemplateResponse(request, "admin/experts/expert/import.html", context)
