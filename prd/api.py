"""The document behind a link."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from chat.errors import UnoBotError
from prd import services, sharing


@require_safe
def document(request: HttpRequest, token: str) -> HttpResponse:
    """The document as a Markdown file; 404 for an unknown link, 410 for one that has expired."""
    try:
        link = services.download(token=token, now=timezone.now())
    except UnoBotError as error:
        return HttpResponse(error.message, status=error.status, content_type="text/plain; charset=utf-8")
    response = HttpResponse(link.version.markdown, content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{sharing.filename(link.version, "md")}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
