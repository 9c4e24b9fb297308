"""Documents as the wire tells of them."""

from datetime import datetime

import msgspec

from chat.contract import PrdDiff, PrdDocument
from chat.shapes import PrdChange, PrdHint, PrdLink, PrdSection, PrdVersionBody
from prd import document as documents
from prd.diff import diff
from prd.models import PrdVersion


def version_body(version: PrdVersion, *, now: datetime) -> PrdVersionBody:
    return PrdVersionBody(
        version=version.number,
        state=version.state,  # type: ignore[arg-type]  # choices are PrdState
        status=version.status,  # type: ignore[arg-type]  # choices are PrdStatus
        author=version.author,  # type: ignore[arg-type]  # choices are PrdAuthor
        title=version.title,
        language=version.language,
        feedback=version.feedback.content if version.feedback else "",
        sections=version.sections,
        requested_at=version.requested_at,
        written_at=version.written_at,
        approved_at=version.approved_at,
        link=_link(version, now),
    )


def _link(version: PrdVersion, now: datetime) -> PrdLink | None:
    """The version's open link that lasts longest, with the downloads over all of them."""
    shares = [share for share in version.shares.all() if share.is_open(now)]
    if not shares:
        return None
    expires = max(share.expires_at for share in shares)
    return PrdLink(expires_at=expires, downloads=sum(share.downloads for share in shares))


def document(version: PrdVersion) -> PrdDocument:
    sections = documents.from_json(version.document).sections
    return PrdDocument(
        prd_id=version.prd_id,
        version=version.number,
        title=version.title,
        status=version.status,  # type: ignore[arg-type]  # choices are PrdStatus
        author=version.author,  # type: ignore[arg-type]  # choices are PrdAuthor
        language=version.language,
        markdown=version.markdown,
        sections=[PrdSection(key=section.key, title=section.title) for section in sections],
        hints=[
            PrdHint(rule=hint["rule"], section=hint["section"], item=hint["item"], text=hint["hint"])
            for hint in version.hints
        ],
    )


def difference(before: PrdVersion, after: PrdVersion) -> PrdDiff:
    changes = diff(documents.from_json(before.document), documents.from_json(after.document))
    return PrdDiff(
        prd_id=after.prd_id,
        before=before.number,
        after=after.number,
        changes=[msgspec.convert(change, PrdChange, from_attributes=True) for change in changes],
    )
