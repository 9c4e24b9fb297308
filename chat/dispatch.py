"""Bytes in, use case, frame out: the same for the socket and for REST."""

import hashlib
import logging
import random
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, transaction

from chat import errors, routes
from chat.contract import Ack, Action, ClientCommand, Command, Error, Event, Ping, Pong, Typing, tag
from chat.models import CommandRecord, Session
from chat.outcome import Outcome
from chat.shapes import MAX_FRAME_BYTES

log = logging.getLogger(__name__)
T = TypeVar("T")

_decoder = msgspec.json.Decoder(ClientCommand)
_tag_decoder = msgspec.json.Decoder(dict[str, Any])
_TYPES = {tag(command) for command in ClientCommand.__args__}
TRIES = 3


def decode(raw: bytes | str) -> Command:
    """A frame as a command; refuses with the field at fault."""
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    if len(data) > MAX_FRAME_BYTES:
        raise errors.TooLarge(f"A frame may have at most {MAX_FRAME_BYTES} bytes.")
    try:
        command: Command = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise _refusal(data, error) from error
    if _has_nul(msgspec.to_builtins(command)):
        raise errors.Invalid("Text must not contain NUL characters.")
    return command


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(map(_has_nul, value.keys())) or any(map(_has_nul, value.values()))
    return isinstance(value, list) and any(map(_has_nul, value))


def _refusal(data: bytes, error: Exception) -> errors.UnoBotError:
    """The most helpful words for what could not be decoded, with the command's id when it can be read."""
    try:
        frame = _tag_decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return errors.Invalid("A frame must be one JSON object.")
    if frame.get("type") not in _TYPES:
        refusal: errors.UnoBotError = errors.UnknownType(
            f"There is no command of the type {str(frame.get('type'))[:40]!r}."
        )
    else:
        text, _, place = str(error).partition(" - at ")
        refusal = errors.Invalid.field(place.strip("`").removeprefix("$.") or "$", text)
    if isinstance(frame.get("id"), str):
        refusal.command_id = frame["id"][:64]
    return refusal


def error_frame(error: errors.UnoBotError, command: Command | None = None) -> Error:
    command_id = getattr(command, "id", None) or error.command_id
    return Error(
        code=error.code,
        message=error.message,
        retryable=error.retryable,
        id=command_id or msgspec.UNSET,
        retry_after_ms=error.retry_after_ms if error.retry_after_ms is not None else msgspec.UNSET,
        details=error.details or msgspec.UNSET,
        alternatives=error.alternatives or msgspec.UNSET,
    )


def perform(command: Command, *, session_id: UUID, now: datetime) -> Event | None:
    """Do what a joined client asks, and answer it."""
    return patiently(lambda: _perform(command, session_id, now))


def _perform(command: Command, session_id: UUID, now: datetime) -> Event | None:
    if isinstance(command, Action):
        return _act(command, session_id, now)
    if isinstance(command, Ping):
        return Pong(last_seq=Session.objects.values_list("last_seq", flat=True).get(pk=session_id))
    if isinstance(command, Typing):
        return None
    session = Session.objects.get(pk=session_id)
    answer: Event = routes.query(type(command))(session=session, now=now, **_fields(command))
    return msgspec.structs.replace(answer, id=getattr(command, "id", msgspec.UNSET))


def _fields(command: Command) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__struct_fields__ if name != "id"}


def patiently(work: Callable[[], T]) -> T:
    """Deadlocks, lock timeouts and a locked file are tried again; a database that is away is ``unavailable``."""
    for attempt in range(1, TRIES + 1):
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            log.warning("database_refused", extra={"reason": type(error).__name__, "attempt": attempt})
            if attempt == TRIES:
                raise errors.Unavailable from error
            time.sleep(random.uniform(0.02, 0.1) * attempt)  # jitter, not a secret
    raise AssertionError("unreachable")


def _act(command: Action, session_id: UUID, now: datetime) -> Ack:
    use_case = partial(routes.action(type(command)), now=now, **_fields(command))
    return once(
        use_case,
        session_id=session_id,
        client_id=command.id,
        kind=tag(command),
        body=msgspec.json.encode(command),
        now=now,
    )


def once(
    use_case: Callable[..., Outcome], *, session_id: UUID, client_id: str, kind: str, body: bytes, now: datetime
) -> Ack:
    """Run ``use_case(session=…)`` with the session locked; the same id again gets the same answer and does nothing."""
    body_hash = hashlib.sha256(body).hexdigest()
    with transaction.atomic():
        session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
        earlier = CommandRecord.objects.filter(session=session, client_id=client_id).first()
        if earlier is not None:
            return _replay(earlier, body_hash)
        if session.is_expired(now):
            raise errors.Expired("This conversation has ended. You are welcome to start a new one.")
        outcome = use_case(session=session)
        Session.objects.filter(pk=session.pk).update(last_activity_at=now)
        CommandRecord.objects.create(
            session=session,
            client_id=client_id,
            type=kind,
            body_hash=body_hash,
            seq=session.last_seq,
            result=outcome.result,
            created_at=now,
        )
        return Ack(id=client_id, duplicate=False, seq=session.last_seq, result=outcome.result)


def _replay(record: CommandRecord, body_hash: str) -> Ack:
    if record.body_hash != body_hash:
        raise errors.Conflict("This id was already used for another command.")
    return Ack(id=record.client_id, duplicate=True, seq=record.seq, result=record.result)
