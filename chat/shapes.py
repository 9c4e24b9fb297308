"""What commands and events are made of: the texts, choices and bodies that travel inside them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

MAX_FRAME_BYTES = 32 * 1024
MAX_CONTENT = 4000
MAX_FILE_BYTES = 5 * 1024 * 1024
ACCEPTED_FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
}
"""The endings of the files that a visitor may attach, with their media types."""
Instant = Annotated[datetime, Meta(tz=True)]
CommandId = Annotated[str, Meta(min_length=1, max_length=64)]
Content = Annotated[str, Meta(min_length=1, max_length=MAX_CONTENT)]
ShortText = Annotated[str, Meta(min_length=1, max_length=200)]
LongText = Annotated[str, Meta(max_length=2000)]
Zone = Annotated[str, Meta(min_length=1, max_length=64)]
SlotName = Annotated[str, Meta(min_length=1, max_length=32)]
Role = Literal["user", "assistant", "staff"]
Phase = Literal[
    "greeting",
    "discovery",
    "qualification",
    "summary",
    "prd",
    "matching",
    "scheduling",
    "booked",
    "closed",
    "handed_over",
]
FactStatus = Literal["proposed", "confirmed", "declined", "unknown", "withdrawn"]
PrdStatus = Literal["draft", "in_review", "approved"]
PrdState = Literal["requested", "written", "failed"]
PrdAuthor = Literal["unobot", "staff"]
PrdNumber = Annotated[int, Meta(ge=1)]
ErrorCode = Literal[
    "invalid", "unknown_type", "not_joined", "forbidden", "not_found", "conflict", "slot_taken", "not_offered",
    "too_large", "rate_limited", "expired", "unavailable", "internal",
]  # fmt: skip


class QuickCommand(msgspec.Struct, tag_field="type", forbid_unknown_fields=True):
    """What a quick-reply button means; sent back verbatim, so no text is parsed twice."""


class SetFact(QuickCommand, tag="set_fact"):
    slot: SlotName
    value: Any


class DeclineSlot(QuickCommand, tag="decline"):
    slot: SlotName


class UnknownSlot(QuickCommand, tag="unknown"):
    slot: SlotName


class Confirm(QuickCommand, tag="confirm"):
    yes: bool


class AskBack(QuickCommand, tag="ask_back"):
    topic: ShortText


class Intent(QuickCommand, tag="intent"):
    """A choice of direction from the welcome (a service, or just browsing)."""

    name: ShortText


class Handoff(QuickCommand, tag="handoff"): ...


AnyQuickCommand = SetFact | DeclineSlot | UnknownSlot | Confirm | AskBack | Intent | Handoff


class QuickReply(msgspec.Struct, frozen=True):
    label: ShortText
    command: AnyQuickCommand


class MessageBody(msgspec.Struct, frozen=True, kw_only=True):
    """``number`` is the message's place in its session; documents cite it as [m<number>]."""

    id: UUID
    number: int
    role: Role
    content: str
    created_at: Instant
    meta: dict[str, Any]


class FactItem(msgspec.Struct, frozen=True, kw_only=True):
    value: Any
    quote: str
    message_id: UUID | None


class FactBody(msgspec.Struct, frozen=True, kw_only=True):
    """One slot as it stands. A list slot has its entries, each with its own quote, in ``items``."""

    value: Any
    status: FactStatus
    quote: str
    message_id: UUID | None
    confidence: float
    items: list[FactItem] | UnsetType = UNSET


class Progress(msgspec.Struct, frozen=True):
    known: int
    total: int


class ErrorDetail(msgspec.Struct, frozen=True):
    field: str
    code: str
    message: str


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A free start: instants in UTC, display texts in the viewer's zone, the expert's local time beside."""

    start_time: Instant
    end_time: Instant
    display_date: str
    display_time: str
    expert_time: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why an expert is ranked so: ``points`` of ``most`` for one component."""

    component: str
    points: float
    most: float
    text: str


class ExpertCard(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    name: str
    role: str
    bio: str
    photo_url: str | None
    specialties: list[str]
    services: list[str]
    languages: list[str]
    timezone: str
    score: float
    reasons: list[Reason]


class ExpertPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two experts who together cover what no single one does."""

    expert_ids: list[UUID]
    text: str


class PrdLink(msgspec.Struct, frozen=True, kw_only=True):
    """An open link to a version: its secret is told once, in ``prd_generated`` or ``prd_shared``, and not kept."""

    expires_at: Instant
    downloads: int


class PrdVersionBody(msgspec.Struct, frozen=True, kw_only=True):
    """``feedback`` is the wish that the version was made for; ``sections`` those it was asked for, none means all."""

    version: int
    state: PrdState
    status: PrdStatus
    author: PrdAuthor
    title: str
    language: str
    feedback: str
    sections: list[str]
    requested_at: Instant
    written_at: Instant | None
    approved_at: Instant | None
    link: PrdLink | None


class PrdHint(msgspec.Struct, frozen=True, kw_only=True):
    """What could be better in ``item`` of ``section``, as a key (``rule``) and in plain English (``text``)."""

    rule: str
    section: str
    item: str
    text: str


class PrdChange(msgspec.Struct, frozen=True, kw_only=True):
    """``id`` is empty for a statement without a number; so is the side on which it did not stand."""

    kind: Literal["added", "removed", "changed", "relaxed"]
    section: str
    id: str
    before: str
    after: str


class PrdSection(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    title: str


class AttachmentBody(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the visitor's; ``url`` gives its content to who holds the session's token. ``size`` is in bytes."""

    id: UUID
    name: str
    media_type: str
    size: int
    url: str
    created_at: Instant


class Limits(msgspec.Struct, frozen=True):
    max_content: int
    max_frame_bytes: int
    ping_interval_ms: int
