"""The end of a conversation by its own words. It stays readable, and the visitor's next message opens it again."""

from datetime import datetime

from chat import transcript
from chat.contract import SessionClosed
from chat.models import Session
from chat.publish import publish

ENDED = (Session.Status.CLOSED, Session.Status.COMPLETED)


def close(session: Session, *, reason: str, now: datetime) -> None:
    """A conversation that led to a booking is completed, any other closed. Doing it again changes nothing."""
    if session.status != Session.Status.OPEN:
        return
    booked = session.phase == "booked"
    session.status = Session.Status.COMPLETED if booked else Session.Status.CLOSED
    session.save(update_fields=["status"])
    publish(session, SessionClosed(reason=reason), now=now)
    transcript.enter_phase(session, "closed", now=now)


def reopen(session: Session, *, now: datetime) -> None:
    """The visitor has come back: the talk goes on where it ended."""
    if session.status in ENDED:
        session.status = Session.Status.OPEN
        session.save(update_fields=["status"])
        if session.phase == "closed":
            transcript.enter_phase(session, transcript.phase_before(session, "closed"), now=now)
