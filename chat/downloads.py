"""A visitor's file on its way back: always as a download, so that nothing in it runs under our address."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from chat.models import Attachment


def response(row: Attachment, content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=row.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=row.media_type, headers=headers)
