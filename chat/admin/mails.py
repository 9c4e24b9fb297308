from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesCheckboxFilter, RangeDateTimeFilter

from chat import mail
from chat.admin.access import HIDDEN, PERSONAL_DATA, ReadOnlyAdmin, demand, refusals_told, sees_people
from chat.admin.links import session_link
from chat.admin.parts import column
from chat.models import Mail, MailAttachment

STATE_COLOURS = {"queued": "info", "sent": "success", "failed": "danger", "withheld": "warning"}


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    personal_fields = ("to", "subject", "text", "html")
    list_filter = [("state", ChoicesCheckboxFilter), "kind", ("created_at", RangeDateTimeFilter)]
    search_help_text = "Address or subject"
    list_select_related = ["session"]
    actions = ["send_again"]
    change_form_template = "admin/chat/mail/mail.html"

    def get_list_display(self, request: HttpRequest) -> list[str]:
        about = ["subject", "to"] if sees_people(request) else ["number"]
        return [*about, "kind", "shown_state", "attachment_count", "conversation", "created_at", "sent_at"]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return ["to", "subject"] if sees_people(request) else ["=id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        rows: QuerySet[Mail] = super().get_queryset(request)
        return rows.annotate(attached=Count("attachments"))

    def get_urls(self) -> list[URLPattern]:
        attachment = path(
            "attachments/<int:number>/", self.admin_site.admin_view(self.attachment), name="chat_mail_attachment"
        )
        return [attachment, *super().get_urls()]

    @column("Mail")
    def number(self, mail: Mail) -> str:
        return f"{HIDDEN} ({str(mail.pk)[:8]})"

    @column("State", label=STATE_COLOURS, ordering="state")
    def shown_state(self, mail: Mail) -> str:
        return mail.state

    @column("Attachments", ordering="attached")
    def attachment_count(self, mail: Mail) -> int:
        return int(getattr(mail, "attached", 0))

    @column("Conversation")
    def conversation(self, mail: Mail) -> SafeString | str:
        return session_link(mail.session)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        context = {**(extra_context or {}), **(page(found, request) if found else {})}
        response: HttpResponse = super().change_view(request, object_id, form_url, context)
        return response

    def attachment(self, request: HttpRequest, number: int) -> HttpResponse:
        """Always a download: what a mail carries is never rendered on this site."""
        demand(request, "chat.view_mail", PERSONAL_DATA)
        found = get_object_or_404(MailAttachment, pk=number)
        disposition = {"Content-Disposition": f'attachment; filename="{_plain(found.filename)}"'}
        return HttpResponse(bytes(found.content), content_type="application/octet-stream", headers=disposition)

    @admin.action(description="Send again (failed mails)", permissions=["work"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Mail]) -> None:
        with refusals_told(request):
            count = mail.send_again(queryset, now=timezone.now())
            messages.success(request, f"{count} failed mails are sent again.")


def page(mail: Mail, request: HttpRequest) -> dict[str, Any]:
    return {
        "mail": mail,
        "people": sees_people(request),
        "attachments": mail.attachments.all(),
        "colour": STATE_COLOURS[mail.state],
        "original": mail if sees_people(request) else f"Mail {str(mail.pk)[:8]}",
        "title": "Mail",
        "subtitle": "",
    }


def _plain(filename: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in filename)
