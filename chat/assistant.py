"""One turn: the visitor's message and the ledger in, the consultant's answer out, all in one fenced transaction."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from chat import closing, editorial, errors, handover, jobs, routes, transcript
from chat.consultant import turn as consultant
from chat.consultant.ledger import Entry
from chat.contract import (
    EraseData,
    ExportData,
    GeneratePrd,
    MatchExperts,
    Message,
    MessageChunk,
    PrdReady,
    SetConsent,
    TurnFailed,
    TypingStart,
    TypingStop,
)
from chat.models import Message as MessageRow
from chat.models import Session
from chat.phrases import say
from chat.publish import publish, whisper
from chat.shapes import AnyQuickCommand, FactBody

log = logging.getLogger(__name__)


def take_turn(claim: jobs.Claim, message_id: UUID, *, now: datetime) -> None:
    """Answer one message. A turn that was superseded or failed leaves nothing behind but its typing marks."""
    message = MessageRow.objects.select_related("session").filter(pk=message_id).first()
    if message is None:
        return
    whisper(message.session_id, TypingStart())
    try:
        with transaction.atomic():
            session = Session.objects.select_for_update(no_key=True).get(pk=message.session_id)
            due = not session.handed_over and not hasattr(message, "answer")
            actions = _answer(session, message, claim, now) if due else ()
            claim.finish(now=now)  # before the actions: an erasure takes the row of this job with it
            act(session, actions, said=message.content, now=now)
    finally:
        whisper(message.session_id, TypingStop())


def dialogue(session: Session) -> consultant.State:
    return msgspec.convert(session.dialogue, consultant.State)


def _answer(session: Session, message: MessageRow, claim: jobs.Claim, now: datetime) -> tuple[str, ...]:
    """Say what there is to say; returns what the consultant has promised with it."""
    closing.reopen(session, now=now)
    entries = transcript.ledger(session)
    turn = consultant.Turn(
        text=message.content,
        number=message.number,
        quick=_quick(message.meta.get("quick_reply")),
        now=now,
        timezone=session.timezone,
    )
    known = editorial.knowledge()
    reply = consultant.answer(turn, entries, dialogue(session), known)
    answer_id = uuid5(message.pk, "answer")
    whisper(session.pk, MessageChunk(message_id=answer_id, attempt=claim.attempt, text=reply.text))
    speak(session, reply, entries, now=now, answers=message, message_id=answer_id, source=known.source)
    return reply.actions


def _quick(command: Any) -> AnyQuickCommand | None:
    return msgspec.convert(command, AnyQuickCommand) if command else None


def speak(
    session: Session,
    reply: consultant.Reply,
    before: list[Entry],
    *,
    now: datetime,
    answers: MessageRow | None = None,
    message_id: UUID | None = None,
    source: dict[str, Any] | None = None,
) -> MessageRow:
    """Write down what the consultant decided and tell the room; the session is locked by the caller.

    ``source`` is that of ``editorial.Consulted``, when the reply answers a question about us.
    """
    transcript.record(session, reply.entries, now=now)
    keep(session, reply)
    changed = [entry.slot for entry in reply.entries]
    if changed:
        facts = transcript.facts_updated(session, [*before, *reply.entries], changed=changed)
        publish(session, facts, now=now)
        meta = _meta(reply, {slot: facts.facts[slot] for slot in facts.changed if slot in facts.facts}, source)
    else:
        meta = _meta(reply, {}, source)
    transcript.enter_phase(session, reply.phase, now=now)
    row = transcript.add_message(
        session, "assistant", reply.text, now=now, meta=meta, answers=answers, message_id=message_id
    )
    publish(session, Message(user_message=answers.body() if answers else None, ai_message=row.body()), now=now)
    if reply.prd_ready and session.prd_ready_at is None:
        session.prd_ready_at = now
        session.save(update_fields=["prd_ready_at"])
        publish(session, PrdReady(message=reply.text, missing=list(reply.missing)), now=now)
    return row


def keep(session: Session, reply: consultant.Reply) -> None:
    """Store what the session's row says about the conversation."""
    session.dialogue = msgspec.to_builtins(reply.state)
    session.language = reply.state.language
    session.score = reply.score.points
    session.score_explanation = msgspec.to_builtins(reply.score)
    session.recommended_service = reply.service or ""
    session.save(update_fields=["dialogue", "language", "score", "score_explanation", "recommended_service"])


def _meta(reply: consultant.Reply, facts: dict[str, FactBody], source: dict[str, Any] | None) -> dict[str, Any]:
    meta = {
        "asking": reply.asking,
        "quick_replies": reply.quick_replies,
        "facts": facts,
        "language": reply.state.language,
        **({"source": source} if source else {}),
    }
    built: dict[str, Any] = msgspec.to_builtins(meta)
    return built


def last_meta(session: Session) -> dict[str, Any]:
    """What the bot asked last, and the buttons it offered, so that a remark between does not take them away."""
    meta = session.messages.filter(role="assistant").latest("number").meta
    return {key: meta[key] for key in ("asking", "quick_replies", "language") if key in meta}


def act(session: Session, actions: Iterable[str], *, said: str, now: datetime) -> None:
    """Do what the reply has promised, in its transaction; ``said`` is what the visitor asked for it with."""
    for action in actions:
        try:
            with transaction.atomic():
                ACTIONS[action](session, said, now)
        except errors.UnoBotError as error:
            log.warning("turn_action_refused", extra={"action": action, "code": error.code})
            remark(session, "not_done", now)


def _generate_prd(session: Session, said: str, now: datetime) -> None:
    routes.action(GeneratePrd)(session=session, now=now, sections=None, feedback=None)


def _match_experts(session: Session, said: str, now: datetime) -> None:
    routes.action(MatchExperts)(session=session, now=now, limit=3)


def _hand_over(session: Session, said: str, now: datetime) -> None:
    handover.hand_over(session, reason=said[:MAX_REASON], now=now)


def _erase(session: Session, said: str, now: datetime) -> None:
    routes.action(EraseData)(session=session, now=now, confirm=True)


def _withdraw_consent(session: Session, said: str, now: datetime) -> None:
    """Mostly the entries that came with the reply have said so already."""
    if session.consent_at is not None:
        routes.action(SetConsent)(session=session, now=now, granted=False)


def _export(session: Session, said: str, now: datetime) -> None:
    url = routes.action(ExportData)(session=session, now=now).result["url"]
    remark(session, "export_ready", now, download=url)


def remark(session: Session, phrase: str, now: datetime, **meta: str) -> None:
    """Say one thing more; the question that the reply ended with stays open, with its buttons."""
    text = say(session.language, phrase)
    kept = {**last_meta(session), "facts": {}, **meta}
    row = transcript.add_message(session, "assistant", text, now=now, meta=kept)
    publish(session, Message(user_message=None, ai_message=row.body()), now=now)


def _close(session: Session, said: str, now: datetime) -> None:
    closing.close(session, reason="goodbye", now=now)


MAX_REASON = 500
ACTIONS: Mapping[str, Callable[[Session, str, datetime], None]] = {
    "generate_prd": _generate_prd,
    "match_experts": _match_experts,
    "hand_over": _hand_over,
    "erase_requested": _erase,
    "export_requested": _export,
    "withdraw_consent": _withdraw_consent,
    "close": _close,
}


def give_up(message_id: UUID, *, now: datetime) -> None:
    """The last attempt has failed: say so, so that nobody waits for ever."""
    message = MessageRow.objects.select_related("session").get(pk=message_id)
    if not hasattr(message, "answer"):
        publish(message.session, TurnFailed(message_id=message_id, retryable=True), now=now)
