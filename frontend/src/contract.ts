// Written by `manage.py write_contract` from chat/contract.py: change it there.
/* eslint-disable */

export const MAX_CONTENT = 4000;
export const MAX_FILE_BYTES = 5242880;
export const ACCEPTED_FILES = ["pdf", "docx", "xlsx", "pptx", "png", "jpg", "jpeg", "webp", "txt", "md", "csv"];

export type Role = "user" | "assistant" | "staff";

export type Phase = "greeting" | "discovery" | "qualification" | "summary" | "prd" | "matching" | "scheduling" | "booked" | "closed" | "handed_over";

export type FactStatus = "proposed" | "confirmed" | "declined" | "unknown" | "withdrawn";

export type PrdStatus = "draft" | "in_review" | "approved";

export type PrdState = "requested" | "written" | "failed";

export type PrdAuthor = "unobot" | "staff";

export type ErrorCode = "invalid" | "unknown_type" | "not_joined" | "forbidden" | "not_found" | "conflict" | "slot_taken" | "not_offered" | "too_large" | "rate_limited" | "expired" | "unavailable" | "internal";

export interface JoinSession {
  type: "join_session";
  session_id: string;
  token: string;
  last_seq?: number;
}

export interface Ping {
  type: "ping";
  seq?: number;
}

export interface Typing {
  type: "typing";
}

export interface GetAvailability {
  type: "get_availability";
  id: string;
  expert_id: string;
  timezone: string;
  from?: string | null;
  days?: number;
  meeting_type?: string | null;
}

export interface GetPrdVersions {
  type: "get_prd_versions";
  id: string;
}

/** One version of the document, the newest without ``version``. */
export interface GetPrd {
  type: "get_prd";
  id: string;
  version?: number | null;
}

/** What ``after`` changed of ``before``; both are version numbers. */
export interface GetPrdDiff {
  type: "get_prd_diff";
  id: string;
  before: number;
  after: number;
}

/** Exactly one of ``content`` and ``quick_reply``. */
export interface SendMessage {
  type: "send_message";
  content?: string | null;
  quick_reply?: SetFact | DeclineSlot | UnknownSlot | Confirm | AskBack | Intent | Handoff | null;
  id: string;
}

export interface SetFact {
  type: "set_fact";
  slot: string;
  value: unknown;
}

export interface DeclineSlot {
  type: "decline";
  slot: string;
}

export interface UnknownSlot {
  type: "unknown";
  slot: string;
}

export interface Confirm {
  type: "confirm";
  yes: boolean;
}

export interface AskBack {
  type: "ask_back";
  topic: string;
}

/** A choice of direction from the welcome (a service, or just browsing). */
export interface Intent {
  type: "intent";
  name: string;
}

export interface Handoff {
  type: "handoff";
}

/** Asks for the document, or for changes of it: a new version of the whole or of some sections. */
export interface GeneratePrd {
  type: "generate_prd";
  sections?: Array<string> | null;
  feedback?: string | null;
  id: string;
}

export interface ApprovePrd {
  type: "approve_prd";
  version: number;
  id: string;
}

/** Makes a new link to a version, in place of those that were open. */
export interface SharePrd {
  type: "share_prd";
  version: number;
  id: string;
}

/** Closes every link to a version. */
export interface UnsharePrd {
  type: "unshare_prd";
  version: number;
  id: string;
}

export interface MatchExperts {
  type: "match_experts";
  limit?: number;
  id: string;
}

export interface HoldSlot {
  type: "hold_slot";
  expert_id: string;
  start_time: string;
  meeting_type?: string | null;
  id: string;
}

export interface ReleaseHold {
  type: "release_hold";
  hold_id: string;
  id: string;
}

export interface CreateBooking {
  type: "create_booking";
  expert_id: string;
  start_time: string;
  timezone: string;
  client_name: string;
  client_email: string;
  end_time?: string | null;
  hold_id?: string | null;
  meeting_type?: string | null;
  notes?: string | null;
  id: string;
}

export interface RescheduleBooking {
  type: "reschedule_booking";
  booking_id: string;
  start_time: string;
  timezone?: string | null;
  expert_id?: string | null;
  id: string;
}

export interface CancelBooking {
  type: "cancel_booking";
  booking_id: string;
  reason?: string | null;
  id: string;
}

export interface EditFact {
  type: "edit_fact";
  slot: string;
  value: unknown;
  id: string;
}

/** Withdraws a slot, or one ``item`` of a list slot. */
export interface RetractFact {
  type: "retract_fact";
  slot: string;
  item?: unknown;
  id: string;
}

export interface ConfirmSummary {
  type: "confirm_summary";
  approved?: boolean;
  id: string;
}

/** Mails a link that opens the conversation elsewhere, to ``email`` or to the address that is known. */
export interface SendResumeLink {
  type: "send_resume_link";
  email?: string | null;
  id: string;
}

export interface SetConsent {
  type: "set_consent";
  granted: boolean;
  id: string;
}

export interface RequestHuman {
  type: "request_human";
  reason?: string | null;
  id: string;
}

export interface StopReply {
  type: "stop_reply";
  id: string;
}

export interface GiveFeedback {
  type: "give_feedback";
  message_id: string;
  rating: -1 | 1;
  comment?: string | null;
  id: string;
}

export interface ExportData {
  type: "export_data";
  id: string;
}

/** Erases only with ``confirm``; without it the answer says what would go. */
export interface EraseData {
  type: "erase_data";
  confirm?: boolean;
  id: string;
}

export interface Connected {
  type: "connected";
  session_id: string;
  connection_id: string;
  last_seq: number;
  server_time: string;
  limits: Limits;
}

export interface Limits {
  max_content: number;
  max_frame_bytes: number;
  ping_interval_ms: number;
}

/** Sent only after the commit. ``result`` names what the command made, if anything. */
export interface Ack {
  type: "ack";
  id: string;
  duplicate: boolean;
  seq?: number;
  result?: Record<string, unknown>;
}

export interface Error {
  type: "error";
  code: ErrorCode;
  message: string;
  retryable: boolean;
  id?: string;
  retry_after_ms?: number;
  details?: Array<ErrorDetail>;
  alternatives?: Array<Slot>;
}

export interface ErrorDetail {
  field: string;
  code: string;
  message: string;
}

/** A free start: instants in UTC, display texts in the viewer's zone, the expert's local time beside. */
export interface Slot {
  start_time: string;
  end_time: string;
  display_date: string;
  display_time: string;
  expert_time: string;
}

export interface Pong {
  type: "pong";
  last_seq: number;
}

export interface TypingStart {
  type: "typing_start";
  from: "bot" | "staff";
}

export interface TypingStop {
  type: "typing_stop";
  from: "bot" | "staff";
}

/** ``text`` is the reply so far, so a lost chunk heals itself with the next. */
export interface MessageChunk {
  type: "message_chunk";
  message_id: string;
  attempt: number;
  text: string;
}

export interface PrdProgress {
  type: "prd_progress";
  section: string;
  done: number;
  total: number;
}

export interface Availability {
  type: "availability";
  id?: string;
  expert_id: string;
  expert_name: string;
  expert_role: string;
  timezone: string;
  meeting_type: string | null;
  duration_minutes: number;
  slots: Array<Slot>;
}

/** All versions, oldest first; none and no ``prd_id`` before the first was asked for. */
export interface PrdVersions {
  type: "prd_versions";
  id?: string;
  prd_id: string | null;
  versions: Array<PrdVersionBody>;
}

/** ``feedback`` is the wish that the version was made for; ``sections`` those it was asked for, none means all. */
export interface PrdVersionBody {
  version: number;
  state: PrdState;
  status: PrdStatus;
  author: PrdAuthor;
  title: string;
  language: string;
  feedback: string;
  sections: Array<string>;
  requested_at: string;
  written_at: string | null;
  approved_at: string | null;
  link: PrdLink | null;
}

/** An open link to a version: its secret is told once, in ``prd_generated`` or ``prd_shared``, and not kept. */
export interface PrdLink {
  expires_at: string;
  downloads: number;
}

export interface PrdDocument {
  type: "prd_document";
  id?: string;
  prd_id: string;
  version: number;
  title: string;
  status: PrdStatus;
  author: PrdAuthor;
  language: string;
  markdown: string;
  sections: Array<PrdSection>;
  hints: Array<PrdHint>;
}

export interface PrdSection {
  key: string;
  title: string;
}

/** What could be better in ``item`` of ``section``, as a key (``rule``) and in plain English (``text``). */
export interface PrdHint {
  rule: string;
  section: string;
  item: string;
  text: string;
}

export interface PrdDiff {
  type: "prd_diff";
  id?: string;
  prd_id: string;
  before: number;
  after: number;
  changes: Array<PrdChange>;
}

/** ``id`` is empty for a statement without a number; so is the side on which it did not stand. */
export interface PrdChange {
  kind: "added" | "changed" | "relaxed" | "removed";
  section: string;
  id: string;
  before: string;
  after: string;
}

export interface ServerRestart {
  type: "server_restart";
  retry_after_ms: number;
}

export interface MessageAccepted {
  type: "message_accepted";
  message: MessageBody;
  seq: number;
}

/** ``number`` is the message's place in its session; documents cite it as [m<number>]. */
export interface MessageBody {
  id: string;
  number: number;
  role: Role;
  content: string;
  created_at: string;
  meta: Record<string, unknown>;
}

export interface Message {
  type: "message";
  user_message: MessageBody | null;
  ai_message: MessageBody;
  seq: number;
}

export interface AttachmentAdded {
  type: "attachment_added";
  attachment: AttachmentBody;
  seq: number;
}

/** A file of the visitor's; ``url`` gives its content to who holds the session's token. ``size`` is in bytes. */
export interface AttachmentBody {
  id: string;
  name: string;
  media_type: string;
  size: number;
  url: string;
  created_at: string;
}

export interface FactsUpdated {
  type: "facts_updated";
  facts: Record<string, FactBody>;
  changed: Array<string>;
  progress: Progress;
  recommended_service: string | null;
  seq: number;
}

/** One slot as it stands. A list slot has its entries, each with its own quote, in ``items``. */
export interface FactBody {
  value: unknown;
  status: FactStatus;
  quote: string;
  message_id: string | null;
  confidence: number;
  items?: Array<FactItem>;
}

export interface FactItem {
  value: unknown;
  quote: string;
  message_id: string | null;
}

export interface Progress {
  known: number;
  total: number;
}

export interface PhaseChange {
  type: "phase_change";
  phase: Phase;
  previous: Phase;
  seq: number;
}

export interface PrdReady {
  type: "prd_ready";
  message: string;
  missing: Array<string>;
  seq: number;
}

export interface PrdGenerated {
  type: "prd_generated";
  prd_id: string;
  version: number;
  filename: string;
  preview_text: string;
  url: string;
  sections: Array<string>;
  author: PrdAuthor;
  seq: number;
}

export interface PrdInReview {
  type: "prd_in_review";
  prd_id: string;
  version: number;
  by: "staff" | "visitor";
  at: string;
  seq: number;
}

export interface PrdApproved {
  type: "prd_approved";
  prd_id: string;
  version: number;
  by: "staff" | "visitor";
  at: string;
  seq: number;
}

/** The version's one link from now on. */
export interface PrdShared {
  type: "prd_shared";
  prd_id: string;
  version: number;
  url: string;
  expires_at: string;
  seq: number;
}

/** No link opens the version any more. */
export interface PrdUnshared {
  type: "prd_unshared";
  prd_id: string;
  version: number;
  seq: number;
}

export interface ExpertsMatched {
  type: "experts_matched";
  experts: Array<ExpertCard>;
  pairs: Array<ExpertPair>;
  seq: number;
}

export interface ExpertCard {
  id: string;
  name: string;
  role: string;
  bio: string;
  photo_url: string | null;
  specialties: Array<string>;
  services: Array<string>;
  languages: Array<string>;
  timezone: string;
  score: number;
  reasons: Array<Reason>;
}

/** Why an expert is ranked so: ``points`` of ``most`` for one component. */
export interface Reason {
  component: string;
  points: number;
  most: number;
  text: string;
}

/** Two experts who together cover what no single one does. */
export interface ExpertPair {
  expert_ids: Array<string>;
  text: string;
}

export interface SlotHeld {
  type: "slot_held";
  hold_id: string;
  expert_id: string;
  start_time: string;
  expires_at: string;
  seq: number;
}

export interface HoldReleased {
  type: "hold_released";
  hold_id: string;
  expert_id: string;
  start_time: string;
  expires_at: string;
  seq: number;
}

export interface BookingConfirmed {
  type: "booking_confirmed";
  booking_id: string;
  expert_id: string;
  expert_name: string;
  expert_role: string;
  start_time: string;
  end_time: string;
  timezone: string;
  meeting_link: string;
  client_name: string;
  client_email: string;
  status: string;
  ics_url: string;
  seq: number;
}

export interface BookingRescheduled {
  type: "booking_rescheduled";
  booking_id: string;
  expert_id: string;
  expert_name: string;
  old_start_time: string;
  old_end_time: string;
  start_time: string;
  end_time: string;
  seq: number;
}

export interface BookingCancelled {
  type: "booking_cancelled";
  booking_id: string;
  old_start_time: string;
  old_end_time: string;
  reason: string;
  seq: number;
}

/** The message could not be answered; ``retryable`` says that sending it again may help. */
export interface TurnFailed {
  type: "turn_failed";
  message_id: string;
  retryable: boolean;
  seq: number;
}

export interface ConsentRecorded {
  type: "consent_recorded";
  granted: boolean;
  recorded_at: string;
  seq: number;
}

export interface HandedOver {
  type: "handed_over";
  active: boolean;
  reason: string;
  seq: number;
}

export interface SessionClosed {
  type: "session_closed";
  reason: string;
  seq: number;
}

export interface SessionErased {
  type: "session_erased";
  erased_at: string;
  seq: number;
}

export interface QuickReply {
  label: string;
  command: SetFact | DeclineSlot | UnknownSlot | Confirm | AskBack | Intent | Handoff;
}

export type AnyQuickCommand =
  | SetFact
  | DeclineSlot
  | UnknownSlot
  | Confirm
  | AskBack
  | Intent
  | Handoff;

export type ClientAction =
  | SendMessage
  | GeneratePrd
  | ApprovePrd
  | SharePrd
  | UnsharePrd
  | MatchExperts
  | HoldSlot
  | ReleaseHold
  | CreateBooking
  | RescheduleBooking
  | CancelBooking
  | EditFact
  | RetractFact
  | ConfirmSummary
  | SendResumeLink
  | SetConsent
  | RequestHuman
  | StopReply
  | GiveFeedback
  | ExportData
  | EraseData;

export type ClientQuery =
  | GetAvailability
  | GetPrdVersions
  | GetPrd
  | GetPrdDiff;

export type ClientCommand =
  | JoinSession
  | Ping
  | Typing
  | GetAvailability
  | GetPrdVersions
  | GetPrd
  | GetPrdDiff
  | SendMessage
  | GeneratePrd
  | ApprovePrd
  | SharePrd
  | UnsharePrd
  | MatchExperts
  | HoldSlot
  | ReleaseHold
  | CreateBooking
  | RescheduleBooking
  | CancelBooking
  | EditFact
  | RetractFact
  | ConfirmSummary
  | SendResumeLink
  | SetConsent
  | RequestHuman
  | StopReply
  | GiveFeedback
  | ExportData
  | EraseData;

export type EphemeralEvent =
  | Connected
  | Ack
  | Error
  | Pong
  | TypingStart
  | TypingStop
  | MessageChunk
  | PrdProgress
  | Availability
  | PrdVersions
  | PrdDocument
  | PrdDiff
  | ServerRestart;

export type DurableEvent =
  | MessageAccepted
  | Message
  | AttachmentAdded
  | FactsUpdated
  | PhaseChange
  | PrdReady
  | PrdGenerated
  | PrdInReview
  | PrdApproved
  | PrdShared
  | PrdUnshared
  | ExpertsMatched
  | SlotHeld
  | HoldReleased
  | BookingConfirmed
  | BookingRescheduled
  | BookingCancelled
  | TurnFailed
  | ConsentRecorded
  | HandedOver
  | SessionClosed
  | SessionErased;

export type ServerEvent =
  | Connected
  | Ack
  | Error
  | Pong
  | TypingStart
  | TypingStop
  | MessageChunk
  | PrdProgress
  | Availability
  | PrdVersions
  | PrdDocument
  | PrdDiff
  | ServerRestart
  | MessageAccepted
  | Message
  | AttachmentAdded
  | FactsUpdated
  | PhaseChange
  | PrdReady
  | PrdGenerated
  | PrdInReview
  | PrdApproved
  | PrdShared
  | PrdUnshared
  | ExpertsMatched
  | SlotHeld
  | HoldReleased
  | BookingConfirmed
  | BookingRescheduled
  | BookingCancelled
  | TurnFailed
  | ConsentRecorded
  | HandedOver
  | SessionClosed
  | SessionErased;
