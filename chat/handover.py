"""Giving a conversation to a person, and back."""

from datetime import datetime

from django.conf import settings

from chat import mail, transcript
from chat.contract import HandedOver
from chat.models import Session
from chat.publish import publish


def hand_over(session: Session, *, reason: str, now: datetime) -> None:
    """The bot falls silent, staff are told. Doing it again changes nothing."""
    if session.handed_over:
        return
    session.handed_over = True
    session.save(update_fields=["handed_over"])
    publish(session, HandedOver(active=True, reason=reason), now=now)
    transcript.enter_phase(session, "handed_over", now=now)
    if settings.STAFF_EMAIL:
        mail.post(
            to=settings.STAFF_EMAIL,
            subject="A visitor asks for a person",
            text=_brief(session, reason),
            kind="hand_over",
            session=session,
            now=now,
        )


def _brief(session: Session, reason: str) -> str:
    facts = transcript.facts_updated(session, transcript.ledger(session), changed=()).facts
    known = [f"- {slot}: {fact.value}  (\u201c{fact.quote}\u201d)" for slot, fact in facts.items() if fact.quote]
    lines = [
        "A visitor would like to talk to a person.",
        f"In their words: {reason}" if reason else "",
        "",
        "What we know:",
        *(known or ["- nothing yet"]),
        "",
        f"Lead score: {session.score if session.score is not None else 'not yet known'}",
        f"Open the conversation: {settings.PUBLIC_URL}/admin/chat/session/{session.pk}/change/",
    ]
    return "\n".join(lines)
