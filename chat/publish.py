"""The one door out: events into a session's log and to its room.

A push may be lost and is never awaited; the log is the truth and the readers heal from it.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F

from chat.contract import DurableEvent, EphemeralEvent, tag
from chat.layers import RoomLayer
from chat.models import Event, Session


def room(session_id: UUID) -> str:
    return f"session.{session_id.hex}"


def topic_group(topic: str) -> str:
    return f"topic.{topic}"


def _layer() -> RoomLayer:
    layer = get_channel_layer()
    if not isinstance(layer, RoomLayer):
        raise TypeError(f"CHANNEL_LAYERS must name a layer of chat.layers, not {layer!r}")
    return layer


def _push(group: str, frames: list[tuple[int, str]]) -> None:
    """Frames are (seq, encoded event); seq 0 marks an ephemeral one."""
    _layer().push(group, {"type": "session.frames", "frames": frames})


def publish(session: Session, *events: DurableEvent, now: datetime) -> int:
    """Write events to the session's log and push them once committed; the last ``seq`` is returned.

    Runs in the caller's transaction: the row lock taken here orders the writers of one session.
    """
    Session.objects.filter(pk=session.pk).update(last_seq=F("last_seq") + len(events))
    session.refresh_from_db(fields=["last_seq"])
    first = session.last_seq - len(events) + 1
    numbered = [msgspec.structs.replace(event, seq=first + i) for i, event in enumerate(events)]
    frames = [(first + i, msgspec.json.encode(event).decode()) for i, event in enumerate(numbered)]
    Event.objects.bulk_create(
        Event(session=session, seq=seq, type=tag(event), body=body, created_at=now)
        for event, (seq, body) in zip(numbered, frames, strict=True)
    )
    transaction.on_commit(partial(_push, room(session.pk), frames))
    return session.last_seq


def whisper(session_id: UUID, *events: EphemeralEvent) -> None:
    """Push ephemeral events to a session's room at once; nothing is stored."""
    _push(room(session_id), [(0, msgspec.json.encode(event).decode()) for event in events])


def nudge(topic: str) -> None:
    """After the commit, tell the sockets that watch a topic to read it again."""
    transaction.on_commit(lambda: _layer().push(topic_group(topic), {"type": "topic.changed", "topic": topic}))
