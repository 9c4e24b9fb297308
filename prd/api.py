"""The document behind a link."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chat.dispatch import patiently
from chat.errors import UnoBotError
from prd import services


@require_safe
def document(request: HttpRequest, token: str, extension: str = "md") -> HttpResponse:
    """The document as a file; 404 for an unknown link or format, 410 for a link that has expired."""
    try:
        file = patiently(partial(services.download, token=token, now=timezone.now(), extension=extension))
    except UnoBotError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    response = HttpResponse(file.body, content_type=file.mimetype)
    disposition = "inline" if extension == "html" else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{file.name}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
