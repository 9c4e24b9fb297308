"""The mail with which a visitor goes on elsewhere: the link in it is a secret, made when the mail goes out."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from chat import access, letterhead, limits, mail, transcript
from chat.consultant.ledger import fold
from chat.letterhead import Sheet
from chat.models import Mail, Session
from chat.phrases import say

MAILS_PER_SESSION = limits.Window("resume-mails", limit=3, seconds=3600)
MAILS_PER_ADDRESS = limits.Window("resume-mails-to", limit=5, seconds=86_400)


def known(session: Session, slot: str) -> str:
    """A fact in words, empty when the visitor has not told it or has taken it back."""
    fact = fold(transcript.ledger(session)).get(slot)
    return str(fact.value) if fact is not None and fact.known else ""


def greeting(session: Session) -> str:
    name = known(session, "name")
    return say(session.language, "hello", name=name) if name else say(session.language, "hello_unnamed")


def place() -> str:
    """Where the link will stand in a mail of one of the kinds in ``mail.RESUMING``."""
    return f"{settings.PUBLIC_URL}/{mail.SECRET}"


def send_link(session: Session, *, to: str, now: datetime) -> Mail:
    """Raises RateLimited: nobody is to be flooded with links through us."""
    MAILS_PER_SESSION.spend(session.pk.hex)
    MAILS_PER_ADDRESS.spend(access.digest(to.lower()))
    language = session.language
    ends = letterhead.date_of(session.expires_at.astimezone(ZoneInfo(session.timezone)), language)
    subject = say(language, "resume_subject")
    parts = letterhead.write(
        Sheet(
            language=language,
            subject=subject,
            opening=[greeting(session), say(language, "resume_text", day=ends), say(language, "resume_secret")],
            buttons=[(say(language, "resume_button"), place())],
            signature=say(language, "resume_signature"),
        )
    )
    return mail.post(
        to=to, subject=subject, text=parts.text, html=parts.html, kind="resume_link", session=session, now=now
    )
