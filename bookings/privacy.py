"""What bookings hold of a visitor: handed out as plain data, or forgotten. That a meeting took place stays."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bookings.models import Booking, BookingChange
from chat.models import Session


def forget(rows: QuerySet[Booking]) -> None:
    BookingChange.objects.filter(booking__in=rows).update(reason="")
    rows.update(client_name="", client_email="", notes="", meeting_link="", client_key=None, session=None)


def forget_old(*, before: datetime) -> None:
    """Meetings that ended before then and belong to no conversation, as staff make them."""
    forget(Booking.objects.filter(session=None, end__lt=before).exclude(client_name="", client_email="", notes=""))


def exported(session: Session) -> list[dict[str, Any]]:
    rows = Booking.objects.filter(session=session).select_related("expert")
    return [
        {
            "expert": row.expert.name,
            "status": row.status,
            "start": row.start,
            "end": row.end,
            "timezone": row.timezone,
            "client_name": row.client_name,
            "client_email": row.client_email,
            "notes": row.notes,
        }
        for row in rows
    ]
