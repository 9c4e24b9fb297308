"""Ways from one page to another."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chat.models import Session


def session_url(session: Session) -> str:
    return reverse("admin:chat_session_change", args=[session.pk])


def session_link(session: Session | None) -> SafeString | str:
    if session is None:
        return "-"
    return format_html('<a class="ub-link" href="{}">{}</a>', session_url(session), session)
