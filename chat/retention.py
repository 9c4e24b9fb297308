"""How long what is kept: idle sessions end after seven days and lose their words later; a visitor may have everything
erased at once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from chat import files
from chat.contract import SessionErased
from chat.models import SESSION_LIFETIME, AccessToken, Job, Mail, Session
from chat.publish import publish

WORDLESS: dict[str, Any] = {"dialogue": {}, "score_explanation": {}, "referrer": "", "consent_at": None}
TOMBSTONE: dict[str, Any] = {
    **WORDLESS,
    "status": Session.Status.ERASED,
    "score": None,
    "recommended_service": "",
    "phase": "closed",
    "tally": {},
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
        "files": session.attachments.count(),
    }


def _delete_all_said(session: Session) -> None:
    for rows in (
        session.ledger, session.mails, session.jobs, session.events, session.commands, session.attachments,
        session.messages,
    ):  # fmt: skip
        rows.all().delete()
    transaction.on_commit(lambda: files.erase(session.pk))


def _become(session: Session, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        setattr(session, field, value)
    session.save(update_fields=list(fields))


def erase(session: Session, *, now: datetime) -> None:
    """Remove everything the visitor gave; the empty session row stays as proof that it was done."""
    _delete_all_said(session)
    _become(session, TOMBSTONE)
    publish(session, SessionErased(erased_at=now), now=now)
    transaction.on_commit(lambda: AccessToken.objects.filter(session=session).delete())


def purge(session: Session, *, tally: dict[str, Any], now: datetime) -> None:
    """Remove everything the visitor gave, a long time after. How the conversation ended stays, and ``tally``, which is
    what the statistics count; its tokens do, so that an old link is told from a wrong one."""
    _delete_all_said(session)
    _become(session, {**WORDLESS, "tally": tally, "purged_at": now})


def clear_out(*, before: datetime) -> None:
    """Mails that belong to no conversation, and jobs that have long ended."""
    Mail.objects.filter(session=None, created_at__lt=before).delete()
    Job.objects.filter(state__in=(Job.State.DONE, Job.State.FAILED), finished_at__lt=before).delete()
