"""Giving a conversation to a person, and back."""

from datetime import datetime

import msgspec
from django.conf import settings

from chat import brief, letterhead, mail, transcript
from chat.consultant.ledger import fold
from chat.contract import HandedOver
from chat.letterhead import Sheet
from chat.models import Event, Session
from chat.publish import publish

LAST = 10


def hand_over(session: Session, *, reason: str, now: datetime) -> None:
    """The bot falls silent, staff are told. Doing it again changes nothing."""
    if session.handed_over:
        return
    session.handed_over = True
    session.save(update_fields=["handed_over"])
    publish(session, HandedOver(active=True, reason=reason), now=now)
    transcript.enter_phase(session, "handed_over", now=now)
    if settings.STAFF_EMAIL:
        sheet = _letter(session, reason)
        parts = letterhead.write(sheet)
        mail.post(
            to=settings.STAFF_EMAIL, subject=sheet.subject, text=parts.text, html=parts.html, kind="hand_over",
            session=session, now=now,
        )  # fmt: skip


def reason(session: Session) -> str:
    """Why the conversation was last handed over, in the visitor's words; empty when staff took it."""
    told = Event.objects.filter(session=session, type="handed_over").order_by("-seq").values_list("body", flat=True)
    changes = (msgspec.json.decode(body, type=HandedOver) for body in told[:LAST])
    return next((change.reason for change in changes if change.active), "")


def _letter(session: Session, reason: str) -> Sheet:
    known = fold(transcript.ledger(session))
    facts = [line for fact in brief.shown(known, people=True) for line in _fact(fact)]
    service = brief.SERVICES.get(session.recommended_service, "not clear yet")
    score = f"{session.score} of 100" if session.score is not None else "not yet known"
    return Sheet(
        language="en",
        subject="A visitor asks for a person",
        opening=["A visitor would like to talk to a person.", f"In their words: {reason}" if reason else ""],
        sections=[
            ("What we know:", facts or ["- nothing yet"]),
            ("Still open:", [f"- {question}" for question in brief.open_questions(known)] or ["- nothing"]),
            (f"Lead score: {score}. Service: {service}. Language: {session.language}.", []),
            (
                "A reply to begin with:",
                [brief.suggested_reply(known, language=session.language, staff="[your name]")],
            ),
        ],
        buttons=[
            ("Answer in the conversation", f"{settings.PUBLIC_URL}/admin/chat/session/{session.pk}/change/"),
        ],
        signature="UnoBot, the AI assistant, sent this mail because a visitor waits for an answer.",
    )


def _fact(fact: brief.Shown) -> list[str]:
    """One line a value, with the words it rests on and the number of their message."""
    return [
        f"- {fact.label}: {line.value}" + (f"  (\u201c{line.quote}\u201d, m{line.message})" if line.quote else "")
        for line in fact.lines
    ]
