"""What a visitor can make happen in a conversation. Each runs in dispatch's transaction with the session locked."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from chat import (
    access,
    assistant,
    editorial,
    errors,
    files,
    filetypes,
    handover,
    jobs,
    resuming,
    retention,
    routes,
    transcript,
)
from chat.consultant import turn as consultant
from chat.consultant.contact import normal_email
from chat.consultant.industries import read_industry_key
from chat.consultant.language import choose_language, load
from chat.consultant.ledger import fold
from chat.contract import AttachmentAdded, MessageAccepted, TurnFailed
from chat.contract import Message as Said
from chat.models import AccessToken, Attachment, Feedback, Job, Message, Session
from chat.outcome import Outcome
from chat.publish import publish
from chat.rest import SessionResumed, SessionStarted, SessionState
from chat.shapes import MAX_FILE_BYTES, AnyQuickCommand
from chat.tasks import answer
from chat.zones import zones

OFFERS_REMEMBERED = 10
MOST_FILES = 10
FILE_TOO_LARGE = f"A file may have at most {MAX_FILE_BYTES // 2**20} MB."
PAUSE = timedelta(hours=1)


def start_session(
    *, language: str, zone: str, referrer: str, now: datetime, industry: str | None = None
) -> SessionStarted:
    """A new session with its greeting; the secrets are told here once and never again."""
    if zone not in zones():
        raise errors.Invalid.field("timezone", "Use an IANA time zone, for example Europe/Berlin.")
    chosen = choose_language(language)
    key = read_industry_key(industry, load(chosen)) if industry else None
    with transaction.atomic():
        session = Session.objects.create(
            language=chosen, timezone=zone, referrer=referrer[:500], created_at=now, last_activity_at=now
        )
        token = access.issue(session, AccessToken.Kind.ACCESS, now=now)
        resume_token = access.issue(session, AccessToken.Kind.RESUME, now=now)
        seed = random.getrandbits(31)
        greeting = consultant.greet(
            language=chosen, seed=seed, now=now, industry=key, template=editorial.welcome(language=chosen, industry=key)
        )
        assistant.speak(session, greeting, [], now=now)
    return SessionStarted(
        session_id=session.pk,
        token=token,
        resume_url=f"{settings.PUBLIC_URL}/#resume={resume_token}",
        expires_at=session.expires_at,
    )


def resume_session(*, token: str, now: datetime) -> SessionResumed:
    """Open a conversation again by its link. Whoever comes back after a pause is greeted by name, once."""
    session, access_token = access.resume(token, now=now)
    with transaction.atomic():
        session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
        _welcome_back(session, now)
    return SessionResumed(session_id=session.pk, token=access_token, expires_at=session.expires_at)


def _welcome_back(session: Session, now: datetime) -> None:
    facts = fold(transcript.ledger(session))
    last = session.messages.order_by("-number").first()
    away = now - session.last_activity_at >= PAUSE and not session.handed_over
    if last is None or not away or "returning" in last.meta or "name" not in facts or not facts["name"].known:
        return
    state = assistant.dialogue(session)
    industry = facts["industry"].value if "industry" in facts and facts["industry"].known else None
    greeting = consultant.greet(
        language=state.language,
        seed=state.seed,
        now=now,
        industry=industry,
        returning_name=facts["name"].value,
        template=editorial.welcome(language=state.language, industry=industry, returning=True),
    )
    # The open question stays open, with its buttons.
    meta = {**assistant.last_meta(session), "facts": {}, "returning": True}
    row = transcript.add_message(session, "assistant", greeting.text, now=now, meta=meta)
    publish(session, Said(user_message=None, ai_message=row.body()), now=now)
    session.last_activity_at = now
    session.save(update_fields=["last_activity_at"])


def describe(session: Session) -> SessionState:
    return SessionState(
        session_id=session.pk,
        status=session.status,
        phase=session.phase,
        language=session.language,
        last_seq=session.last_seq,
        created_at=session.created_at,
        expires_at=session.expires_at,
    )


def send_message(
    *, session: Session, now: datetime, content: str | None, quick_reply: AnyQuickCommand | None
) -> Outcome:
    """Store what the visitor said (or the button they pressed) and promise an answer."""
    if (content is None) == (quick_reply is None):
        raise errors.Invalid.field("content", "Send either content or quick_reply.")
    text = content if content is not None else _label(session, quick_reply)
    if not text.strip():
        raise errors.Invalid.field("content", "A message needs some text.")
    meta = {"quick_reply": msgspec.to_builtins(quick_reply)} if quick_reply else {}
    message = transcript.add_message(session, "user", text, now=now, meta=meta)
    publish(session, MessageAccepted(message=message.body()), now=now)
    if not session.handed_over:
        jobs.defer(answer, now=now, session=session, lane=f"session:{session.pk.hex}", message_id=str(message.pk))
    return Outcome({"message_id": str(message.pk), "number": message.number})


def attach_file(*, session: Session, now: datetime, name: str, content: bytes) -> Outcome:
    """Keep a file for the people who read the conversation, and say once that the bot cannot read it."""
    if len(content) > MAX_FILE_BYTES:
        raise errors.TooLarge(FILE_TOO_LARGE)
    held = session.attachments.count()
    if held >= MOST_FILES:
        raise errors.Conflict(f"A conversation may hold at most {MOST_FILES} files.")
    shown = filetypes.plain_name(name)
    row = Attachment.objects.create(
        session=session,
        name=shown,
        media_type=filetypes.media_type(shown, content),
        size=len(content),
        after=session.message_count,
        created_at=now,
    )
    publish(session, AttachmentAdded(attachment=row.body()), now=now)
    if held == 0 and not session.handed_over:
        assistant.remark(session, "file_kept", now)
    files.write(session.pk, row.pk, content)
    return Outcome({"attachment_id": str(row.pk)})


def attached_file(session: Session, attachment_id: UUID) -> tuple[Attachment, bytes]:
    """A file of this session with its content."""
    row = session.attachments.filter(pk=attachment_id).first()
    if row is None:
        raise errors.NotFound("That file is not part of this conversation.")
    return row, files.read(session.pk, row.pk)


def _label(session: Session, command: AnyQuickCommand | None) -> str:
    """The words on the button: only what was really offered can be pressed."""
    wanted = msgspec.to_builtins(command)
    offers = session.messages.filter(role="assistant").order_by("-number").values_list("meta", flat=True)
    for meta in offers[:OFFERS_REMEMBERED]:
        for offer in meta.get("quick_replies", ()):
            if offer["command"] == wanted:
                return str(offer["label"])
    raise errors.Conflict("That choice is not on offer any more.")


def edit_fact(*, session: Session, now: datetime, slot: str, value: Any) -> Outcome:
    """The visitor corrects a fact in the brief; it passes the same gate as their words."""
    language = session.language
    return _change_facts(
        session, now, lambda entries: consultant.edit(slot, value, entries, language=language, now=now)
    )


def retract_fact(*, session: Session, now: datetime, slot: str, item: Any) -> Outcome:
    return _change_facts(session, now, lambda entries: consultant.retract(slot, item, entries))


def _change_facts(session: Session, now: datetime, change: Any) -> Outcome:
    before = transcript.ledger(session)
    try:
        entries = change(before)
    except consultant.NotAcceptable as error:
        raise errors.Invalid.field(error.slot, str(error)) from error
    transcript.record(session, entries, now=now)
    known, dialogue = editorial.knowledge(), assistant.dialogue(session)
    assistant.keep(session, consultant.reconsider([*before, *entries], dialogue, known, today=now.date()))
    changed = [entry.slot for entry in entries]
    publish(session, transcript.facts_updated(session, [*before, *entries], changed=changed), now=now)
    return Outcome({"changed": changed})


def confirm_summary(*, session: Session, now: datetime, approved: bool) -> Outcome:
    """Approve the summary, or have it redone."""
    before = transcript.ledger(session)
    try:
        reply = consultant.confirm(approved, before, assistant.dialogue(session), editorial.knowledge(), now=now)
    except consultant.NotAcceptable as error:
        raise errors.Conflict(str(error)) from error
    message = assistant.speak(session, reply, before, now=now)
    assistant.act(session, reply.actions, said="", now=now)
    return Outcome({"message_id": str(message.pk)})


def set_consent(*, session: Session, now: datetime, granted: bool) -> Outcome:
    """Record the visitor's consent with its time; taking it back withdraws the contact data."""
    before = transcript.ledger(session)
    entries = consultant.consent(granted, before)
    transcript.record(session, entries, now=now)
    changed = [entry.slot for entry in entries]
    facts = transcript.facts_updated(session, [*before, *entries], changed=changed)
    publish(session, facts, now=now)
    return Outcome({"granted": granted})


def send_resume_link(*, session: Session, now: datetime, email: str | None) -> Outcome:
    """Mail a link that opens this conversation elsewhere. An address given for it is used once and becomes no fact."""
    to = email or resuming.known(session, "email")
    if not to:
        raise errors.Invalid.field("email", "Say to which address the link shall go.", "required")
    address = normal_email(to)
    if address is None:
        raise errors.Invalid.field("email", "That is not a complete e-mail address. It looks like name@company.com.")
    resuming.send_link(session, to=address, now=now)
    return Outcome({"sent_to": address})


def request_human(*, session: Session, now: datetime, reason: str | None) -> Outcome:
    handover.hand_over(session, reason=reason or "", now=now)
    return Outcome({"handed_over": True})


def stop_reply(*, session: Session, now: datetime) -> Outcome:
    """Give up the replies that are still being written; each of their messages is told so."""
    waiting = Job.objects.filter(session=session, kind=answer.name, state__in=jobs.OPEN)
    stopped = [UUID(arguments["message_id"]) for arguments in waiting.values_list("arguments", flat=True)]
    waiting.update(state=Job.State.DONE, finished_at=now, lease_until=None)
    if stopped:
        publish(session, *(TurnFailed(message_id=message, retryable=True) for message in stopped), now=now)
    return Outcome({"stopped": len(stopped)})


def give_feedback(*, session: Session, now: datetime, message_id: UUID, rating: int, comment: str | None) -> Outcome:
    message = Message.objects.filter(session=session, pk=message_id, role="assistant").first()
    if message is None:
        raise errors.NotFound("That message is not part of this conversation.")
    fields = {"rating": rating, "comment": comment or "", "created_at": now}
    Feedback.objects.update_or_create(message=message, defaults=fields)
    return Outcome({"rating": rating})


def export_data(*, session: Session, now: datetime) -> Outcome:
    return Outcome({"url": f"/api/v1/sessions/{session.pk}/export"})


def exported(session: Session) -> dict[str, Any]:
    """Everything that is kept about a visitor, as plain data."""
    return {
        "session": describe(session),
        "messages": [message.body() for message in session.messages.all()],
        "facts": transcript.facts_updated(session, transcript.ledger(session), changed=()).facts,
        "files": [row.body() for row in session.attachments.all()],
        "mails": list(session.mails.values("kind", "to", "subject", "text", "sent_at")),
        **{name: part(session) for name, part in routes.exports().items()},
    }


def erase_data(*, session: Session, now: datetime, confirm: bool) -> Outcome:
    """Erase everything the visitor gave; without ``confirm`` only say what that would be."""
    holdings = retention.holdings(session)
    if confirm:
        for erase in routes.erasers():
            erase(session=session, now=now)
        retention.erase(session, now=now)
    return Outcome({"erased": confirm, **holdings})
