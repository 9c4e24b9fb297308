"""What can happen to a requirements document."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chat import jobs, transcript
from chat.consultant.ledger import fold
from chat.contract import MessageAccepted
from chat.errors import Conflict, Invalid
from chat.models import Message, Session
from chat.outcome import Outcome
from chat.publish import publish
from prd import formats, sharing
from prd.document import SECTIONS
from prd.models import Prd, PrdShare, PrdVersion
from prd.tasks import write_prd


def generate_prd(
    *, session: Session, now: datetime, sections: Sequence[str] | None = None, feedback: str | None = None
) -> Outcome:
    """Promise a new version; while one is being written and nothing else is wished, that one is the answer."""
    _demand_known(sections)
    if "challenges" not in fold(transcript.ledger(session)):
        raise Conflict("Tell me first what you would like to change: a document needs at least one challenge.")
    prd, _ = Prd.objects.get_or_create(session=session, defaults={"created_at": now})
    last = prd.versions.last()
    if last and last.state == PrdVersion.State.REQUESTED and not feedback and not sections:
        return _promised(prd, last)
    version = PrdVersion.objects.create(
        prd=prd,
        number=last.number + 1 if last else 1,
        language=session.language,
        sections=list(sections or ()),
        feedback=_said(session, feedback, now) if feedback and feedback.strip() else None,
        requested_at=now,
    )
    jobs.defer(write_prd, now=now, session=session, lane=f"prd:{session.pk.hex}", version_id=version.pk)
    return _promised(prd, version)


def _promised(prd: Prd, version: PrdVersion) -> Outcome:
    return Outcome({"prd_id": str(prd.pk), "version": version.number})


def _demand_known(sections: Sequence[str] | None) -> None:
    unknown = [name for name in sections or () if name not in SECTIONS]
    if unknown:
        raise Invalid.field("sections", f"Unknown sections: {', '.join(unknown)}. Known: {', '.join(SECTIONS)}.")


def _said(session: Session, feedback: str, now: datetime) -> Message:
    """Feedback is a message, and so a source that the document can cite."""
    message = transcript.add_message(session, "user", feedback, now=now, meta={"feedback": True})
    publish(session, MessageAccepted(message=message.body()), now=now)
    return message


def download(*, token: str, now: datetime, extension: str = "md") -> formats.File:
    """The shared version as a file, counted; raises NotFound for an unknown link or format, Expired for an old one."""
    link = sharing.shared(token, now=now)
    file = formats.file(link.version, extension)
    sharing.count_download(link)
    return file


def latest(session: Session) -> PrdVersion | None:
    """The newest version that has been written, for attaching and showing."""
    return PrdVersion.objects.filter(prd__session=session, state=PrdVersion.State.WRITTEN).order_by("number").last()


def erase(*, session: Session, now: datetime) -> None:
    Prd.objects.filter(session=session).delete()


def exported(session: Session) -> list[dict[str, Any]]:
    versions = PrdVersion.objects.filter(prd__session=session).order_by("number")
    return [dict(row) for row in versions.values("number", "title", "language", "markdown", "written_at")]


def set_status(*, prd_id: UUID, status: Prd.Status) -> None:
    Prd.objects.filter(pk=prd_id).update(status=status)


def revoke_links(*, prd_id: UUID, now: datetime) -> int:
    """Close every link to the document that is still open; returns how many."""
    links = PrdShare.objects.filter(version__prd=prd_id, revoked_at=None, expires_at__gt=now)
    return links.update(revoked_at=now)
