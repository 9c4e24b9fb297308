"""Signed links for one booking and one purpose, so that a mail can offer an action without a sign-in."""

from typing import Literal, NamedTuple
from uuid import UUID

from django.core import signing

from chat.errors import NotFound

Purpose = Literal["cancel", "reschedule", "ics"]
Party = Literal["visitor", "expert"]
_SALT = "bookings.link"


class Link(NamedTuple):
    booking_id: UUID
    purpose: Purpose
    party: Party


def token(booking_id: UUID, purpose: Purpose, party: Party = "visitor") -> str:
    return signing.dumps([booking_id.hex, purpose, party], salt=_SALT)


def read(text: str, purpose: Purpose) -> Link:
    """The link behind a token; a forged one, or one for another purpose, is as good as absent."""
    try:
        booking_id, granted, party = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise NotFound("This link is not valid.") from error
    if granted != purpose:
        raise NotFound("This link is not valid.")
    return Link(UUID(booking_id), granted, party)


def path(booking_id: UUID, purpose: Purpose, party: Party = "visitor") -> str:
    return f"/bookings/{purpose}/{token(booking_id, purpose, party)}/"


def ics_path(booking_id: UUID) -> str:
    return f"/bookings/ics/{token(booking_id, 'ics')}/invite.ics"
