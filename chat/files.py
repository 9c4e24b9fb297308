"""Visitors' files in the data folder: one folder a session, one file an attachment, never under a name of theirs."""

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from chat.errors import NotFound, Unavailable


def _folder(session_id: UUID) -> Path:
    return Path(settings.ATTACHMENTS_ROOT) / session_id.hex


def write(session_id: UUID, attachment_id: UUID, content: bytes) -> None:
    """Raises Unavailable when the disk takes no more; nothing half-written stays."""
    target = _folder(session_id) / attachment_id.hex
    half = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Unavailable("The file could not be stored right now. Please try again.") from error


def read(session_id: UUID, attachment_id: UUID) -> bytes:
    try:
        return (_folder(session_id) / attachment_id.hex).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("This file is not here any more.") from error


def erase(session_id: UUID) -> None:
    shutil.rmtree(_folder(session_id), ignore_errors=True)
