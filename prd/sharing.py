"""Links to a document: a secret of 256 bits, of which only the hash is stored."""

import re
import secrets
import unicodedata
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import F

from chat.errors import Expired, NotFound
from prd.models import LIFETIME, PrdShare, PrdVersion

LONGEST_NAME = 80


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def share(version: PrdVersion, *, now: datetime) -> str:
    """A new link's secret; it is told once."""
    token = secrets.token_urlsafe(32)
    PrdShare.objects.create(version=version, digest=_digest(token), created_at=now, expires_at=now + LIFETIME)
    return token


def url(token: str) -> str:
    return f"/prd/{token}"


def close(prd_id: UUID, *, now: datetime, number: int | None = None) -> int:
    """Close every link to the document, or to one of its versions, that is still open; returns how many."""
    links = PrdShare.objects.filter(version__prd=prd_id, revoked_at=None, expires_at__gt=now)
    wanted = links if number is None else links.filter(version__number=number)
    return wanted.update(revoked_at=now)


def shared(token: str, *, now: datetime) -> PrdShare:
    link = PrdShare.objects.select_related("version__prd").filter(digest=_digest(token)).first()
    if link is None:
        raise NotFound("This link does not lead to a document.")
    if not link.is_open(now):
        raise Expired("This link has expired. Ask for a new one in the conversation.")
    return link


def count_download(link: PrdShare) -> None:
    PrdShare.objects.filter(pk=link.pk).update(downloads=F("downloads") + 1)


def filename(version: PrdVersion, extension: str) -> str:
    """A name that every file system takes: ASCII letters, digits and dashes."""
    plain = unicodedata.normalize("NFKD", version.title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(stem) > LONGEST_NAME:
        stem = stem[:LONGEST_NAME].rpartition("-")[0]
    return f"{stem or 'requirements'}-v{version.number}.{extension}"
