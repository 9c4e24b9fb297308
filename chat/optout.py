"""Who wants no mails but those that belong to a meeting or were asked for. Only a hash of the address is kept, so that
the wish outlasts an erasure."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core import signing

from chat.access import digest
from chat.errors import NotFound
from chat.models import OptOut

_SALT = "chat.unsubscribe"


class Ticket(NamedTuple):
    """What an unsubscribe link is good for, and the language of its page."""

    digest: str
    language: str


def _of(address: str) -> str:
    return digest(address.strip().lower())


def url(address: str, language: str) -> str:
    """A link for this address and this purpose alone; the address is not in it."""
    return f"{settings.PUBLIC_URL}/unsubscribe/{signing.dumps([_of(address), language], salt=_SALT)}/"


def read(token: str) -> Ticket:
    try:
        return Ticket(*signing.loads(token, salt=_SALT))
    except signing.BadSignature as error:
        raise NotFound("This link is not valid.") from error


def record(ticket: Ticket, *, now: datetime) -> None:
    """Idempotent."""
    OptOut.objects.get_or_create(digest=ticket.digest, defaults={"created_at": now})


def recorded(ticket: Ticket) -> bool:
    return OptOut.objects.filter(digest=ticket.digest).exists()


def refused_by(address: str) -> bool:
    return OptOut.objects.filter(digest=_of(address)).exists()
