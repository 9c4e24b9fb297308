"""The page behind the unsubscribe link of a mail; it works without a script."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from chat import optout
from chat.dispatch import patiently
from chat.errors import UnoBotError
from chat.optout import Ticket
from chat.phrases import direction, say


def _page(
    request: HttpRequest, language: str, title: str, *lines: str, button: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "language": language,
        "direction": direction(language),
        "title": say(language, title),
        "lines": [say(language, line) for line in lines],
        "button": say(language, button) if button else "",
    }
    return render(request, "chat/unsubscribe.html", context, status=status)


def _act(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    if request.method == "POST":
        optout.record(ticket, now=timezone.now())
    if optout.recorded(ticket):
        return _page(request, ticket.language, "unsubscribed", "unsubscribed_text", "unsubscribe_kept")
    return _page(request, ticket.language, "unsubscribe_ask", "unsubscribe_kept", button="unsubscribe")


@csrf_exempt  # RFC 8058: the mail provider posts for the reader; the signed link is the authority
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        return patiently(partial(_act, request, optout.read(token)))
    except UnoBotError as refusal:
        return _page(request, "en", "bad_link", status=refusal.status)
