"""The bodies that only the REST twin has; commands and events are those of ``contract``."""

from uuid import UUID

import msgspec

from chat.contract import DurableEvent
from chat.shapes import Instant, LongText, ShortText, Zone


class StartSession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a page may say about its visitor when a session starts."""

    language: ShortText | None = None
    timezone: Zone | None = None
    referrer: LongText | None = None
    industry: ShortText | None = None
    """A key or words for the industry that the page speaks to; chooses the welcome."""


class ResumeSession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    token: ShortText


class SessionStarted(msgspec.Struct, frozen=True, kw_only=True):
    """The secrets of a new session, told once: ``token`` opens it, ``resume_url`` opens it on another device."""

    session_id: UUID
    token: str
    resume_url: str
    expires_at: Instant


class SessionResumed(msgspec.Struct, frozen=True, kw_only=True):
    session_id: UUID
    token: str
    expires_at: Instant


class SessionState(msgspec.Struct, frozen=True, kw_only=True):
    session_id: UUID
    status: str
    phase: str
    language: str
    last_seq: int
    created_at: Instant
    expires_at: Instant


class EventPage(msgspec.Struct, frozen=True, kw_only=True):
    """Events in order; ask again after ``last_seq``."""

    events: list[DurableEvent]
    last_seq: int
