"""What staff do in a conversation: take it over, answer in it, give it back. The session is locked by the caller."""

from datetime import datetime

from chat import transcript
from chat.contract import HandedOver, Message, TypingStart, TypingStop
from chat.errors import Conflict, Invalid
from chat.models import Message as MessageRow
from chat.models import Session
from chat.publish import publish, whisper
from chat.shapes import MAX_CONTENT


def take_over(*, session: Session, now: datetime) -> None:
    """The bot falls silent. Doing it again changes nothing."""
    _demand_open(session, now)
    if not session.handed_over:
        session.handed_over = True
        session.save(update_fields=["handed_over"])
        publish(session, HandedOver(active=True, reason=""), now=now)
        transcript.enter_phase(session, "handed_over", now=now)


def reply(*, session: Session, text: str, name: str, now: datetime) -> MessageRow:
    """Say something to the visitor in the name of a person; only while the bot is silent, so that one speaks."""
    _demand_open(session, now)
    if not session.handed_over:
        raise Conflict("Take the conversation over before you answer in it.")
    if not text.strip() or len(text) > MAX_CONTENT:
        raise Invalid.field("text", f"Write 1 to {MAX_CONTENT} characters.")
    row = transcript.add_message(session, "staff", text.strip(), now=now, meta={"name": name})
    publish(session, Message(user_message=None, ai_message=row.body()), now=now)
    session.last_activity_at = now
    session.save(update_fields=["last_activity_at"])
    return row


def show_typing(session: Session, *, active: bool) -> None:
    """The visitor sees that somebody is writing, or has stopped."""
    if session.handed_over:
        whisper(session.pk, TypingStart(from_="staff") if active else TypingStop(from_="staff"))


def give_back(*, session: Session, now: datetime) -> None:
    """The bot goes on from the phase in which it was stopped."""
    if session.handed_over:
        session.handed_over = False
        session.save(update_fields=["handed_over"])
        publish(session, HandedOver(active=False, reason=""), now=now)
        transcript.enter_phase(session, transcript.phase_before(session, "handed_over"), now=now)


def _demand_open(session: Session, now: datetime) -> None:
    if session.status != Session.Status.OPEN or session.is_expired(now):
        raise Conflict("This conversation has ended.")
