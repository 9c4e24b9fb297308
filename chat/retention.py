"""How long what is kept: idle sessions end after seven days; a visitor may have everything erased at once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from chat.contract import SessionErased
from chat.models import SESSION_LIFETIME, AccessToken, Session
from chat.publish import publish

TOMBSTONE: dict[str, Any] = {
    "status": Session.Status.ERASED,
    "dialogue": {},
    "score": None,
    "score_explanation": {},
    "recommended_service": "",
    "referrer": "",
    "consent_at": None,
    "phase": "closed",
}


def retire(*, now: datetime) -> int:
    """End the sessions idle for longer than their lifetime; booked ones are completed, others abandoned."""
    idle = Session.objects.filter(status=Session.Status.OPEN, last_activity_at__lt=now - SESSION_LIFETIME)
    completed = idle.filter(phase="booked").update(status=Session.Status.COMPLETED)
    return completed + idle.update(status=Session.Status.ABANDONED)


def holdings(session: Session) -> dict[str, int]:
    """What an erasure would remove, as counts."""
    return {
        "messages": session.messages.count(),
        "facts": session.ledger.count(),
        "mails": session.mails.count(),
    }


def erase(session: Session, *, now: datetime) -> None:
    """Remove everything the visitor gave; the empty session row stays as proof that it was done."""
    for rows in (session.ledger, session.mails, session.jobs, session.events, session.commands, session.messages):
        rows.all().delete()
    for field, value in TOMBSTONE.items():
        setattr(session, field, value)
    session.save(update_fields=list(TOMBSTONE))
    publish(session, SessionErased(erased_at=now), now=now)
    transaction.on_commit(lambda: AccessToken.objects.filter(session=session).delete())
