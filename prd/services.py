"""What can happen to a requirements document."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from django.db.models import Max, QuerySet

from chat import jobs, transcript
from chat.consultant.ledger import fold
from chat.contract import (
    MessageAccepted,
    PrdApproved,
    PrdDiff,
    PrdDocument,
    PrdInReview,
    PrdShared,
    PrdUnshared,
    PrdVersions,
)
from chat.errors import Conflict, Invalid, NotFound
from chat.models import Message, Session
from chat.outcome import Outcome
from chat.publish import publish
from prd import document, editing, formats, frames, markdown, sharing, writing
from prd.diff import diff
from prd.document import SECTIONS
from prd.editing import BreaksRules
from prd.lint import lint
from prd.models import LIFETIME, Prd, PrdVersion, Status
from prd.tasks import write_prd

EXPORTED = ("number", "title", "language", "status", "author", "markdown", "written_at", "approved_at")


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


def own_file(*, session: Session, version: int, extension: str) -> formats.File:
    """A version for the visitor who ordered it: without a link, and not counted."""
    return formats.file(_written(session, version), extension)


def latest(session: Session) -> PrdVersion | None:
    """The newest version that has been written, for attaching and showing."""
    return PrdVersion.objects.filter(prd__session=session, state=PrdVersion.State.WRITTEN).order_by("number").last()


def erase(*, session: Session, now: datetime) -> None:
    Prd.objects.filter(session=session).delete()


def exported(session: Session) -> list[dict[str, Any]]:
    versions = PrdVersion.objects.filter(prd__session=session).order_by("number")
    return [dict(row) for row in versions.values(*EXPORTED)]


def get_prd_versions(*, session: Session, now: datetime) -> PrdVersions:
    versions = list(_versions(session))
    bodies = [frames.version_body(version, now=now) for version in versions]
    return PrdVersions(prd_id=versions[0].prd_id if versions else None, versions=bodies)


def get_prd(*, session: Session, now: datetime, version: int | None = None) -> PrdDocument:
    row = latest(session) if version is None else _written(session, version)
    if row is None:
        raise NotFound("There is no document yet.")
    return frames.document(row)


def get_prd_diff(*, session: Session, now: datetime, before: int, after: int) -> PrdDiff:
    return frames.difference(_written(session, before), _written(session, after))


def approve_prd(*, session: Session, now: datetime, version: int) -> Outcome:
    """The visitor releases a version; doing it again changes nothing."""
    row = _written(session, version)
    _enter(row, Status.APPROVED, by="visitor", now=now)
    return _promised(row.prd, row)


def share_prd(*, session: Session, now: datetime, version: int) -> Outcome:
    """A new link in place of those that were open."""
    row = _written(session, version)
    sharing.close(row.prd_id, now=now, number=row.number)
    link = PrdShared(
        prd_id=row.prd_id,
        version=row.number,
        url=sharing.url(sharing.share(row, now=now)),
        expires_at=now + LIFETIME,
    )
    publish(session, link, now=now)
    return Outcome({"url": link.url})


def unshare_prd(*, session: Session, now: datetime, version: int) -> Outcome:
    row = _written(session, version)
    closed = sharing.close(row.prd_id, now=now, number=row.number)
    if closed:
        publish(session, PrdUnshared(prd_id=row.prd_id, version=row.number), now=now)
    return Outcome({"closed": closed})


def set_status(*, session: Session, version: int, status: Status, now: datetime) -> None:
    """Staff take a version into review or approve it."""
    if status == Status.DRAFT:
        raise Conflict("Only a new version is a draft.")
    _enter(_written(session, version), status, by="staff", now=now)


def revoke_links(*, session: Session, now: datetime) -> int:
    """Close every link to the document that is still open; returns how many."""
    numbers = [version.number for version in _versions(session) if version.state == PrdVersion.State.WRITTEN]
    return sum(unshare_prd(session=session, now=now, version=number).result["closed"] for number in numbers)


def edit_prd(*, session: Session, version: int, texts: Mapping[str, str], note: str = "", now: datetime) -> PrdVersion:
    """Staff word statements of the newest version anew (see prd.editing): a version of its own, if it keeps the rules.

    Raises BreaksRules with what is wrong, Conflict when the version is not the newest or nothing was changed.
    """
    base = _written(session, version)
    if base.number != base.prd.versions.aggregate(Max("number"))["number__max"]:
        raise Conflict(f"Version {base.number} is not the newest any more. Edit that one.")
    row = PrdVersion(
        prd=base.prd, number=base.number + 1, language=base.language, author=PrdVersion.Author.STAFF,
        note=note.strip()[:300], requested_at=now,
    )  # fmt: skip
    row.prd.session = session
    before = document.from_json(base.document)
    brief = writing.brief_for(row, now=now)
    written = editing.edited(before, brief, texts)
    if not diff(before, written):
        raise Conflict("Nothing was changed.")
    if findings := lint(written, brief):
        raise BreaksRules(findings)
    writing.save(row, written, [], now=now)
    return row


def _versions(session: Session) -> QuerySet[PrdVersion]:
    rows = PrdVersion.objects.filter(prd__session=session).order_by("number")
    return rows.select_related("prd", "feedback").prefetch_related("shares")


def _written(session: Session, number: int) -> PrdVersion:
    row = _versions(session).filter(number=number, state=PrdVersion.State.WRITTEN).first()
    if row is None:
        raise NotFound(f"There is no version {number} of the document.")
    row.prd.session = session
    return row


def _enter(row: PrdVersion, status: Status, *, by: Literal["visitor", "staff"], now: datetime) -> None:
    """The version's new status, in its text as well, told if it is one."""
    if row.status == status:
        return
    standing = msgspec.structs.replace(document.from_json(row.document), status=status.value)
    row.status, row.approved_at = status, now if status == Status.APPROVED else None
    row.document, row.markdown = document.to_json(standing), markdown.render(standing)
    row.save(update_fields=["status", "approved_at", "document", "markdown"])
    Prd.objects.filter(pk=row.prd_id).update(status=status)
    event = PrdApproved if status == Status.APPROVED else PrdInReview
    publish(row.prd.session, event(prd_id=row.prd_id, version=row.number, by=by, at=now), now=now)
