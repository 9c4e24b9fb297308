"""Messages and facts of a session: written under its lock, read back as the consultant wants them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from msgspec import UNSET

from chat.consultant.ledger import LIST_SLOTS, Entry, Fact, fold
from chat.consultant.policy import CORE
from chat.contract import FactBody, FactItem, FactsUpdated, Phase, PhaseChange, Progress, Role
from chat.models import LedgerEntry, Message, Session
from chat.publish import publish


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
    """Append entries to the ledger; their message numbers become references to the messages."""
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
