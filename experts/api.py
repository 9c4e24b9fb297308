"""Connecting an expert's Google Calendar: staff are sent to Google and come back with a code."""

import secrets
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from experts import services
from experts.calendars import google, reading

_SALT, _SESSION_KEY, _MINUTES = "experts.google", "google_state", 10


def _redirect_uri() -> str:
    return f"{settings.PUBLIC_URL}{reverse('google-callback')}"


@require_GET
@staff_member_required
@permission_required("experts.change_expert", raise_exception=True)
def connect_google(request: HttpRequest, expert_id: UUID) -> HttpResponse:
    """The state names the expert, is signed, and is bound to this sign-in: nobody can finish another's connection."""
    services.get_expert(expert_id=expert_id)
    nonce = secrets.token_urlsafe(16)
    request.session[_SESSION_KEY] = nonce
    state = signing.dumps([expert_id.hex, nonce], salt=_SALT)
    return redirect(reading.google().authorize_url(state=state, redirect_uri=_redirect_uri()))


def _expert_of(request: HttpRequest) -> UUID | None:
    expected = request.session.pop(_SESSION_KEY, "")
    try:
        expert, nonce = signing.loads(request.GET.get("state", ""), salt=_SALT, max_age=60 * _MINUTES)
    except signing.BadSignature:
        return None
    return UUID(expert) if expected and secrets.compare_digest(str(nonce), str(expected)) else None


@require_GET
@staff_member_required
@permission_required("experts.change_expert", raise_exception=True)
def google_callback(request: HttpRequest) -> HttpResponse:
    expert_id = _expert_of(request)
    if expert_id is None:
        messages.error(request, "This connection was not started here, or too long ago. Please start again.")
        return redirect("admin:experts_expert_changelist")
    try:
        token = reading.google().exchange(code=request.GET.get("code", ""), redirect_uri=_redirect_uri())
    except google.CalendarError as error:
        messages.error(request, f"The calendar could not be connected. {error}")
    else:
        services.connect_google(expert_id=expert_id, refresh_token=token)
        messages.success(request, "The calendar is connected.")
    return redirect("admin:experts_expert_change", expert_id)
