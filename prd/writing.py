"""From a session to a document: gathers the brief, has it written, and saves what passes the lint."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chat import editorial, jobs, transcript
from chat.consultant.ledger import Entry, fold
from chat.contract import PrdGenerated, PrdProgress
from chat.models import Event, Session
from chat.publish import publish, whisper
from chat.taxonomy.find import find
from prd import document, markdown, sharing
from prd.advice import advice
from prd.brief import Brief, Candidate, Said, mentions_in
from prd.lint import Finding
from prd.mending import mended
from prd.models import Prd, PrdVersion
from prd.wording import Patterns

log = logging.getLogger(__name__)

PREVIEW_LENGTH = 200
COMPARED = 10
BEFORE_PRD = ("greeting", "discovery", "qualification", "summary")


def brief_for(version: PrdVersion, *, now: datetime) -> Brief:
    """Everything the document may rest on, as it stands now."""
    session = version.prd.session
    entries = transcript.ledger(session)
    facts = fold(entries)
    standing = {id(entry) for fact in facts.values() for entry in fact.entries}
    known = editorial.catalogue()
    messages = [Said(m.number, m.role, m.content) for m in session.messages.order_by("number")]  # type: ignore[arg-type]
    earlier = version.prd.versions.filter(state=PrdVersion.State.WRITTEN, number__lt=version.number).last()
    return Brief(
        language=version.language,
        version=version.number,
        created=now.date(),
        facts=facts,
        messages=messages,
        mentions=mentions_in(messages, lambda text: find(text, session.language, known.index)),
        service=session.recommended_service,
        superseded=_superseded(entries, standing),
        experts=_matched(session),
        previous=document.from_json(earlier.document) if earlier and earlier.language == version.language else None,
        feedback=version.feedback.number if version.feedback else None,
        author=version.author,  # type: ignore[arg-type]  # choices are document.Author
        note=version.note,
        sections=frozenset(version.sections or document.SECTIONS),
        patterns=Patterns(known.edits, known.index.catalogue),
    )


def _superseded(entries: Sequence[Entry], standing: set[int]) -> list[Entry]:
    said = (entry for entry in entries if entry.status in ("proposed", "confirmed"))
    return [entry for entry in said if entry.quote and id(entry) not in standing]


def _matched(session: Session) -> list[Candidate]:
    """The experts the visitor was shown last, as the log tells it."""
    event = Event.objects.filter(session=session, type="experts_matched").order_by("-seq").first()
    if event is None:
        return []
    experts = json.loads(event.body)["experts"]
    return [Candidate(e["name"], e["role"], tuple(reason["text"] for reason in e["reasons"][:3])) for e in experts]


def write(version: PrdVersion, claim: jobs.Claim, *, now: datetime) -> None:
    """Write and save the version and tell the room; the session is locked by the caller."""
    session = version.prd.session
    written, findings = mended(brief_for(version, now=now), _Progress(session))
    if findings:
        rules = sorted({finding.rule for finding in findings})
        log.warning("prd_mended", extra={"version": version.pk, "rules": rules})
    save(version, written, findings, now=now)
    claim.finish(now=now)


def save(version: PrdVersion, written: document.Document, findings: Sequence[Finding], *, now: datetime) -> None:
    """Keep the document as the version's and announce it; ``findings`` are what staff should know of."""
    session = version.prd.session
    version.document, version.markdown = document.to_json(written), markdown.render(written)
    version.title, version.state, version.written_at = written.title[:200], PrdVersion.State.WRITTEN, now
    hints = [*findings, *advice(written, version.markdown, lambda: _of_others(version))]
    version.hints = [msgspec.to_builtins(hint) for hint in hints]
    version.save()
    Prd.objects.filter(pk=version.prd_id).update(status=version.status)
    if session.phase in BEFORE_PRD:
        transcript.enter_phase(session, "prd", now=now)
    publish(session, _generated(version, sharing.share(version, now=now), written), now=now)


def _of_others(version: PrdVersion) -> list[str]:
    """The latest documents of other clients in the same language."""
    rows = PrdVersion.objects.filter(state=PrdVersion.State.WRITTEN, language=version.language)
    others = rows.exclude(prd=version.prd_id).order_by("-written_at")
    return list(others.values_list("markdown", flat=True)[:COMPARED])


def _generated(version: PrdVersion, token: str, written: document.Document) -> PrdGenerated:
    return PrdGenerated(
        prd_id=version.prd_id,
        version=version.number,
        filename=sharing.filename(version, "md"),
        preview_text=_preview(written),
        url=sharing.url(token),
        sections=list(document.SECTIONS),
        author=version.author,  # type: ignore[arg-type]  # choices are document.Author
    )


class _Progress:
    """Tells the room of each section once it is written."""

    def __init__(self, session: Session) -> None:
        self.session, self.done = session, 0

    def __call__(self, section: str) -> None:
        self.done += 1
        whisper(self.session.pk, PrdProgress(section=section, done=self.done, total=len(document.SECTIONS)))


def _preview(written: document.Document) -> str:
    text = " ".join(item.text for item in written.section("summary").standing)
    return text if len(text) <= PREVIEW_LENGTH else text[: PREVIEW_LENGTH - 1].rsplit(" ", 1)[0] + "…"
