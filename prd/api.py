"""The document as a file: behind a link, and for the visitor who ordered it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chat import access, limits, pool
from chat.api import bearer, endpoint
from chat.dispatch import patiently
from chat.errors import UnoBotError
from prd import services
from prd.formats import File


@require_safe
def document(request: HttpRequest, token: str, extension: str = "md") -> HttpResponse:
    """The document as a file; 404 for an unknown link or format, 410 for a link that has expired."""
    try:
        file = patiently(partial(services.download, token=token, now=timezone.now(), extension=extension))
    except UnoBotError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    return _respond(file, extension)


@endpoint("GET")
async def own_document(request: HttpRequest, *, session_id: UUID, number: int, extension: str) -> HttpResponse:
    """A version by the session's token; 404 for an unknown version or format, 503 for one that cannot be made here."""
    session = await pool.run(access.open_session, session_id, bearer(request), now=timezone.now())
    await pool.run(limits.COMMANDS_PER_SESSION.spend, session_id.hex)
    file = await pool.run(services.own_file, session=session, version=number, extension=extension)
    return _respond(file, extension)


def _respond(file: File, extension: str) -> HttpResponse:
    response = HttpResponse(file.body, content_type=file.mimetype)
    disposition = "inline" if extension == "html" else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{file.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
