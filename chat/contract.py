"""The wire: every command a client may send and every event the server may send, and nothing else.

Frames are flat JSON objects tagged by ``type``. Times are ISO 8601 UTC, zones IANA names, ids UUIDs.
Durable events carry ``seq`` >= 1, allotted by the session's event log; ephemeral ones have none.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from chat.shapes import (
    AnyQuickCommand,
    AttachmentBody,
    CommandId,
    Content,
    ErrorCode,
    ErrorDetail,
    ExpertCard,
    ExpertPair,
    FactBody,
    Instant,
    Limits,
    LongText,
    MessageBody,
    Phase,
    PrdAuthor,
    PrdChange,
    PrdHint,
    PrdNumber,
    PrdSection,
    PrdStatus,
    PrdVersionBody,
    Progress,
    ShortText,
    Slot,
    SlotName,
    Zone,
)


class Command(msgspec.Struct, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """Anything a client may send."""


class Action(Command, kw_only=True):
    """A command that changes something: its client-made id makes a resend harmless."""

    id: CommandId


class JoinSession(Command, tag="join_session"):
    session_id: UUID
    token: Annotated[str, Meta(max_length=128)]
    last_seq: Annotated[int, Meta(ge=0)] = 0


class Ping(Command, tag="ping"):
    seq: Annotated[int, Meta(ge=0)] = 0


class Typing(Command, tag="typing"): ...


class GetAvailability(Command, tag="get_availability"):
    id: CommandId
    expert_id: UUID
    timezone: Zone
    from_: Instant | None = msgspec.field(default=None, name="from")
    days: Annotated[int, Meta(ge=1, le=60)] = 14
    meeting_type: ShortText | None = None


class GetPrdVersions(Command, tag="get_prd_versions"):
    id: CommandId


class GetPrd(Command, tag="get_prd"):
    """One version of the document, the newest without ``version``."""

    id: CommandId
    version: PrdNumber | None = None


class GetPrdDiff(Command, tag="get_prd_diff"):
    """What ``after`` changed of ``before``; both are version numbers."""

    id: CommandId
    before: PrdNumber
    after: PrdNumber


class SendMessage(Action, tag="send_message"):
    """Exactly one of ``content`` and ``quick_reply``."""

    content: Content | None = None
    quick_reply: AnyQuickCommand | None = None


class GeneratePrd(Action, tag="generate_prd"):
    """Asks for the document, or for changes of it: a new version of the whole or of some sections."""

    sections: list[SlotName] | None = None
    feedback: LongText | None = None


class ApprovePrd(Action, tag="approve_prd"):
    version: PrdNumber


class SharePrd(Action, tag="share_prd"):
    """Makes a new link to a version, in place of those that were open."""

    version: PrdNumber


class UnsharePrd(Action, tag="unshare_prd"):
    """Closes every link to a version."""

    version: PrdNumber


class MatchExperts(Action, tag="match_experts"):
    limit: Annotated[int, Meta(ge=1, le=10)] = 3


class HoldSlot(Action, tag="hold_slot"):
    expert_id: UUID
    start_time: Instant
    meeting_type: ShortText | None = None


class ReleaseHold(Action, tag="release_hold"):
    hold_id: UUID


class CreateBooking(Action, tag="create_booking"):
    expert_id: UUID
    start_time: Instant
    timezone: Zone
    client_name: ShortText
    client_email: Annotated[str, Meta(min_length=3, max_length=254)]
    end_time: Instant | None = None
    hold_id: UUID | None = None
    meeting_type: ShortText | None = None
    notes: LongText | None = None


class RescheduleBooking(Action, tag="reschedule_booking"):
    booking_id: UUID
    start_time: Instant
    timezone: Zone | None = None
    expert_id: UUID | None = None


class CancelBooking(Action, tag="cancel_booking"):
    booking_id: UUID
    reason: LongText | None = None


class EditFact(Action, tag="edit_fact"):
    slot: SlotName
    value: Any


class RetractFact(Action, tag="retract_fact"):
    """Withdraws a slot, or one ``item`` of a list slot."""

    slot: SlotName
    item: Any = None


class ConfirmSummary(Action, tag="confirm_summary"):
    approved: bool = True


class SendResumeLink(Action, tag="send_resume_link"):
    """Mails a link that opens the conversation elsewhere, to ``email`` or to the address that is known."""

    email: Annotated[str, Meta(min_length=3, max_length=254)] | None = None


class SetConsent(Action, tag="set_consent"):
    granted: bool


class RequestHuman(Action, tag="request_human"):
    reason: LongText | None = None


class StopReply(Action, tag="stop_reply"): ...


class GiveFeedback(Action, tag="give_feedback"):
    message_id: UUID
    rating: Literal[-1, 1]
    comment: LongText | None = None


class ExportData(Action, tag="export_data"): ...


class EraseData(Action, tag="erase_data"):
    """Erases only with ``confirm``; without it the answer says what would go."""

    confirm: bool = False


ClientAction = (
    SendMessage | GeneratePrd | ApprovePrd | SharePrd | UnsharePrd | MatchExperts | HoldSlot | ReleaseHold
    | CreateBooking | RescheduleBooking | CancelBooking | EditFact | RetractFact | ConfirmSummary
    | SendResumeLink | SetConsent | RequestHuman | StopReply | GiveFeedback | ExportData | EraseData
)  # fmt: skip
ClientQuery = GetAvailability | GetPrdVersions | GetPrd | GetPrdDiff
ClientCommand = JoinSession | Ping | Typing | ClientQuery | ClientAction


class Event(msgspec.Struct, kw_only=True, tag_field="type"):
    """Anything the server may send."""


class Durable(Event, kw_only=True):
    """Told through the session's log; ``seq`` is filled in when it is written there."""

    seq: int | UnsetType = UNSET


class Connected(Event, tag="connected"):
    session_id: UUID
    connection_id: str
    last_seq: int
    server_time: Instant
    limits: Limits


class Ack(Event, tag="ack"):
    """Sent only after the commit. ``result`` names what the command made, if anything."""

    id: str
    duplicate: bool
    seq: int | UnsetType = UNSET
    result: dict[str, Any] | UnsetType = UNSET


class Error(Event, tag="error"):
    code: ErrorCode
    message: str
    retryable: bool = False
    id: str | UnsetType = UNSET
    retry_after_ms: int | UnsetType = UNSET
    details: list[ErrorDetail] | UnsetType = UNSET
    alternatives: list[Slot] | UnsetType = UNSET


class Pong(Event, tag="pong"):
    last_seq: int


class TypingStart(Event, tag="typing_start"):
    from_: Literal["bot", "staff"] = msgspec.field(default="bot", name="from")


class TypingStop(TypingStart, tag="typing_stop"): ...


class MessageChunk(Event, tag="message_chunk"):
    """``text`` is the reply so far, so a lost chunk heals itself with the next."""

    message_id: UUID
    attempt: int
    text: str


class PrdProgress(Event, tag="prd_progress"):
    section: str
    done: int
    total: int


class Availability(Event, tag="availability", kw_only=True):
    id: str | UnsetType = UNSET
    expert_id: UUID
    expert_name: str
    expert_role: str
    timezone: str
    meeting_type: str | None
    duration_minutes: int
    slots: list[Slot]


class PrdVersions(Event, tag="prd_versions", kw_only=True):
    """All versions, oldest first; none and no ``prd_id`` before the first was asked for."""

    id: str | UnsetType = UNSET
    prd_id: UUID | None
    versions: list[PrdVersionBody]


class PrdDocument(Event, tag="prd_document", kw_only=True):
    id: str | UnsetType = UNSET
    prd_id: UUID
    version: int
    title: str
    status: PrdStatus
    author: PrdAuthor
    language: str
    markdown: str
    sections: list[PrdSection]
    hints: list[PrdHint]


class PrdDiff(Event, tag="prd_diff", kw_only=True):
    id: str | UnsetType = UNSET
    prd_id: UUID
    before: int
    after: int
    changes: list[PrdChange]


class ServerRestart(Event, tag="server_restart"):
    retry_after_ms: int


class MessageAccepted(Durable, tag="message_accepted"):
    message: MessageBody


class Message(Durable, tag="message"):
    user_message: MessageBody | None
    ai_message: MessageBody


class AttachmentAdded(Durable, tag="attachment_added"):
    attachment: AttachmentBody


class FactsUpdated(Durable, tag="facts_updated"):
    facts: dict[str, FactBody]
    changed: list[str]
    progress: Progress
    recommended_service: str | None


class PhaseChange(Durable, tag="phase_change"):
    phase: Phase
    previous: Phase


class PrdReady(Durable, tag="prd_ready"):
    message: str
    missing: list[str]


class PrdGenerated(Durable, tag="prd_generated"):
    prd_id: UUID
    version: int
    filename: str
    preview_text: Annotated[str, Meta(max_length=200)]
    url: str
    sections: list[str]
    author: PrdAuthor = "unobot"


class PrdInReview(Durable, tag="prd_in_review"):
    prd_id: UUID
    version: int
    by: Literal["visitor", "staff"]
    at: Instant


class PrdApproved(PrdInReview, tag="prd_approved"): ...


class PrdShared(Durable, tag="prd_shared"):
    """The version's one link from now on."""

    prd_id: UUID
    version: int
    url: str
    expires_at: Instant


class PrdUnshared(Durable, tag="prd_unshared"):
    """No link opens the version any more."""

    prd_id: UUID
    version: int


class ExpertsMatched(Durable, tag="experts_matched"):
    experts: list[ExpertCard]
    pairs: list[ExpertPair]


class SlotHeld(Durable, tag="slot_held"):
    hold_id: UUID
    expert_id: UUID
    start_time: Instant
    expires_at: Instant


class HoldReleased(SlotHeld, tag="hold_released"): ...


class BookingConfirmed(Durable, tag="booking_confirmed"):
    booking_id: UUID
    expert_id: UUID
    expert_name: str
    expert_role: str
    start_time: Instant
    end_time: Instant
    timezone: str
    meeting_link: str
    client_name: str
    client_email: str
    status: str
    ics_url: str


class BookingRescheduled(Durable, tag="booking_rescheduled"):
    booking_id: UUID
    expert_id: UUID
    expert_name: str
    old_start_time: Instant
    old_end_time: Instant
    start_time: Instant
    end_time: Instant


class BookingCancelled(Durable, tag="booking_cancelled"):
    booking_id: UUID
    old_start_time: Instant
    old_end_time: Instant
    reason: str


class TurnFailed(Durable, tag="turn_failed"):
    """The message could not be answered; ``retryable`` says that sending it again may help."""

    message_id: UUID
    retryable: bool


class ConsentRecorded(Durable, tag="consent_recorded"):
    granted: bool
    recorded_at: Instant


class HandedOver(Durable, tag="handed_over"):
    active: bool
    reason: str


class SessionClosed(Durable, tag="session_closed"):
    reason: str


class SessionErased(Durable, tag="session_erased"):
    erased_at: Instant


EphemeralEvent = (
    Connected | Ack | Error | Pong | TypingStart | TypingStop | MessageChunk | PrdProgress | Availability
    | PrdVersions | PrdDocument | PrdDiff | ServerRestart
)  # fmt: skip
DurableEvent = (
    MessageAccepted | Message | AttachmentAdded | FactsUpdated | PhaseChange | PrdReady | PrdGenerated | PrdInReview
    | PrdApproved | PrdShared | PrdUnshared | ExpertsMatched | SlotHeld | HoldReleased | BookingConfirmed
    | BookingRescheduled | BookingCancelled | TurnFailed | ConsentRecorded | HandedOver | SessionClosed | SessionErased
)  # fmt: skip
ServerEvent = EphemeralEvent | DurableEvent


def tag(frame: Command | Event | type[Command] | type[Event]) -> str:
    return str(frame.__struct_config__.tag)
