"""Messages and facts of a session: written under its lock, read back as the consultant wants them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec import UNSET

from chat.consultant.ledger import LIST_SLOTS, Entry, Fact, fold
from chat.consultant.policy import CORE
from chat.contract import ConsentRecorded, FactsUpdated, PhaseChange
from chat.models import Event, LedgerEntry, Message, Session
from chat.publish import publish
from chat.shapes import FactBody, FactItem, Phase, Progress, Role


def add_message(
    session: Session,
    role: Role,
    content: str,
    *,
    now: datetime,
    meta: Mapping[str, Any] | None = None,
    answers: Message | None = None,
    message_id: UUID | None = None,
) -> Message:
    session.message_count += 1
    session.save(update_fields=["message_count"])
    return Message.objects.create(
        id=message_id or uuid4(),
        session=session,
        number=session.message_count,
        role=role,
        content=content,
        meta=dict(meta or {}),
        answers=answers,
        created_at=now,
    )


def ledger(session: Session) -> list[Entry]:
    return [row.entry() for row in session.ledger.select_related("message").order_by("id")]


def record(session: Session, entries: Iterable[Entry], *, now: datetime) -> None:
    """Append entries to the ledger; their message numbers become references to the messages. A consent given or
    taken back, however it was said, is recorded with its time."""
    numbered = list(entries)
    wanted = {entry.message for entry in numbered if entry.message}
    messages = {message.number: message for message in session.messages.filter(number__in=wanted)}
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            session=session,
            slot=entry.slot,
            value=entry.value,
            quote=entry.quote,
            message=messages.get(entry.message or 0),
            start=entry.start,
            end=entry.end,
            extractor=entry.extractor,
            confidence=entry.confidence,
            status=entry.status,
            created_at=now,
        )
        for entry in numbered
    )
    for entry in numbered:
        if entry.slot == "consent":
            _record_consent(session, granted=entry.value is True and entry.status != "withdrawn", now=now)


def _record_consent(session: Session, *, granted: bool, now: datetime) -> None:
    if granted and session.consent_at is not None:
        return
    session.consent_at = now if granted else None
    session.save(update_fields=["consent_at"])
    publish(session, ConsentRecorded(granted=granted, recorded_at=now), now=now)


def facts_updated(session: Session, entries: Iterable[Entry], *, changed: Iterable[str]) -> FactsUpdated:
    """The whole fold, so that a client replaces what it shows."""
    facts = fold(entries)
    ids: dict[int, UUID] = dict(session.messages.values_list("number", "id"))
    return FactsUpdated(
        facts={slot: _body(fact, ids) for slot, fact in facts.items()},
        changed=list(dict.fromkeys(changed)),
        progress=Progress(known=sum(slot in facts for slot in CORE), total=len(CORE)),
        recommended_service=session.recommended_service or None,
    )


def _body(fact: Fact, ids: Mapping[int, UUID]) -> FactBody:
    latest = fact.latest
    items = [FactItem(value=e.value, quote=e.quote, message_id=ids.get(e.message or 0)) for e in fact.entries]
    return FactBody(
        value=fact.value,
        status=fact.status,
        quote=latest.quote,
        message_id=ids.get(latest.message or 0),
        confidence=latest.confidence,
        items=items if fact.slot in LIST_SLOTS and fact.known else UNSET,
    )


def enter_phase(session: Session, phase: Phase, *, now: datetime) -> None:
    """Move on, and say so once."""
    if session.phase == phase:
        return
    previous, session.phase = session.phase, phase
    session.dialogue = {**session.dialogue, "phase": phase} if session.dialogue else session.dialogue
    session.save(update_fields=["phase", "dialogue"])
    publish(session, PhaseChange(phase=phase, previous=previous), now=now)  # type: ignore[arg-type]  # choices of Phase


def advance(session: Session, phase: Phase, *, now: datetime) -> None:
    """Move on because of something done on the page: never away from a person, nor back from a booking."""
    if session.phase != "handed_over" and (session.phase != "booked" or phase == "booked"):
        enter_phase(session, phase, now=now)


def phase_before(session: Session, phase: Phase) -> Phase:
    """The phase in which the session was when it last entered ``phase``."""
    changes = Event.objects.filter(session=session, type="phase_change").order_by("-seq").values_list("body", flat=True)
    for body in changes:
        change = msgspec.json.decode(body, type=PhaseChange)
        if change.phase == phase:
            return change.previous
    return "discovery"
