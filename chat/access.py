"""Who may open a session: capability tokens of 256 bits, of which only the hash is stored."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from chat.errors import Expired, Forbidden
from chat.models import AccessToken, Session


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def issue(session: Session, kind: AccessToken.Kind, *, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    AccessToken.objects.create(session=session, kind=kind, digest=digest(token), created_at=now)
    return token


def open_session(session_id: UUID, token: str, *, now: datetime) -> Session:
    """The session that this token opens. An unknown session and a wrong token get the same answer."""
    held = (
        AccessToken.objects.filter(digest=digest(token), kind=AccessToken.Kind.ACCESS).select_related("session").first()
    )
    if held is None or held.session_id != session_id:
        raise Forbidden
    if held.session.is_expired(now):
        raise Expired("This conversation has ended. You are welcome to start a new one.")
    return held.session


def resume(token: str, *, now: datetime) -> tuple[Session, str]:
    """Trade the secret of a resume link for an access token of its own, so that other devices stay signed in."""
    held = (
        AccessToken.objects.filter(digest=digest(token), kind=AccessToken.Kind.RESUME).select_related("session").first()
    )
    if held is None:
        raise Forbidden("This link does not open a conversation.")
    if held.session.is_expired(now):
        raise Expired("This conversation has ended. You are welcome to start a new one.")
    return held.session, issue(held.session, AccessToken.Kind.ACCESS, now=now)
