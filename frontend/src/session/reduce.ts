import type {
  BookingCancelled,
  BookingConfirmed,
  BookingRescheduled,
  DurableEvent,
  EphemeralEvent,
  HoldReleased,
  Message,
  MessageBody,
  MessageChunk,
  ServerEvent,
  TurnFailed,
} from "../contract";
import { foldPrd, isOfPrd, type PrdEvent } from "./prds";
import { EMPTY, keyOf, type SessionState, type TimelineItem, withItem } from "./state";

/** Where an event stands to what was applied: only `next` and `ephemeral` ones may be applied. */
export type Place = "ephemeral" | "seen" | "next" | "gap";

export function isDurable(event: ServerEvent): event is DurableEvent {
  return "seq" in event && event.type !== "ack";
}

export function placeOf(state: SessionState, event: ServerEvent): Place {
  if (!isDurable(event)) return "ephemeral";
  if (event.seq <= state.lastSeq) return "seen";
  // An erasure takes the log before it away: that gap can never be healed.
  if (event.type === "session_erased") return "next";
  return event.seq === state.lastSeq + 1 ? "next" : "gap";
}

/** Applies what is next, and leaves alone what was seen or what lies beyond a gap. */
export function reduce(state: SessionState, event: ServerEvent): SessionState {
  if (!isDurable(event)) return isOfPrd(event) ? foldPrd(state, event) : reduceEphemeral(state, event);
  if (placeOf(state, event) !== "next") return state;
  const next = isOfPrd(event) ? foldPrd(state, event) : reduceDurable(state, event);
  return { ...next, lastSeq: event.seq };
}

function reduceEphemeral(state: SessionState, event: Exclude<EphemeralEvent, PrdEvent>): SessionState {
  switch (event.type) {
    case "typing_start":
      return { ...state, typing: { ...state.typing, [event.from]: true } };
    case "typing_stop":
      return { ...state, typing: { ...state.typing, [event.from]: false } };
    case "message_chunk":
      return extendDraft(state, event);
    case "availability":
      return { ...state, availability: { ...state.availability, [event.expert_id]: event } };
    case "connected":
    case "ack":
    case "error":
    case "pong":
    case "server_restart":
      return state;
    default:
      return unknown(event, state);
  }
}

function reduceDurable(state: SessionState, event: Exclude<DurableEvent, PrdEvent>): SessionState {
  switch (event.type) {
    case "message_accepted":
      return withMessage(state, event.message);
    case "message":
      return withReply(state, event);
    case "attachment_added":
      return withItem(state, { kind: "attachment", key: keyOf(event), attachment: event.attachment });
    case "turn_failed":
      return withFailedTurn(state, event);
    case "facts_updated":
      return {
        ...state,
        facts: event.facts,
        changedFacts: event.changed,
        progress: event.progress,
        recommendedService: event.recommended_service,
      };
    case "phase_change":
      return { ...state, phase: event.phase };
    case "consent_recorded":
      return { ...state, consent: { granted: event.granted, recorded_at: event.recorded_at } };
    case "handed_over":
      return { ...withItem(state, { kind: "notice", key: keyOf(event), event }), handedOver: event.active };
    // The visitor's next message opens the conversation again; only an erased one is closed for good.
    case "session_closed":
      return withItem(state, { kind: "notice", key: keyOf(event), event });
    case "session_erased":
      return { ...EMPTY, closed: true, erased: true };
    default:
      return reduceOffer(state, event);
  }
}

type Conversational = "message_accepted" | "message" | "attachment_added" | "turn_failed" | "facts_updated" | "phase_change";
type Lifecycle = "consent_recorded" | "handed_over" | "session_closed" | "session_erased";
type OfferEvent = Exclude<DurableEvent, PrdEvent | { type: Conversational | Lifecycle }>;

function reduceOffer(state: SessionState, event: OfferEvent): SessionState {
  switch (event.type) {
    case "experts_matched":
      return { ...withItem(state, { kind: "experts", key: keyOf(event), matched: event }), matched: event };
    case "slot_held":
      return { ...state, hold: event };
    case "hold_released":
      return withoutHold(state, event);
    case "booking_confirmed":
      return withBooking(state, event);
    case "booking_rescheduled":
      return withNewTime(state, event);
    case "booking_cancelled":
      return withCancellation(state, event);
    default:
      return unknown(event, state);
  }
}

/** The compiler proves that this is never reached by a contract of the same age; a newer server's event is skipped. */
function unknown(_event: never, state: SessionState): SessionState {
  return state;
}

function hasMessage(state: SessionState, id: string): boolean {
  return state.timeline.some((item) => item.kind === "message" && item.key === id);
}

function withMessage(state: SessionState, message: MessageBody): SessionState {
  if (hasMessage(state, message.id)) return state;
  return withItem(state, { kind: "message", key: message.id, message });
}

function withReply(state: SessionState, event: Message): SessionState {
  const asked = event.user_message ? withMessage(state, event.user_message) : state;
  const from = event.ai_message.role === "staff" ? "staff" : "bot";
  const typing = { ...state.typing, [from]: false };
  return { ...withMessage(asked, event.ai_message), draft: null, typing };
}

function withFailedTurn(state: SessionState, event: TurnFailed): SessionState {
  const failedTurns = { ...state.failedTurns, [event.message_id]: event.retryable };
  return { ...state, failedTurns, draft: null, typing: { ...state.typing, bot: false } };
}

function extendDraft(state: SessionState, chunk: MessageChunk): SessionState {
  if (hasMessage(state, chunk.message_id)) return state;
  const { draft } = state;
  const same = draft?.messageId === chunk.message_id;
  const older = same && (chunk.attempt < draft.attempt || (chunk.attempt === draft.attempt && chunk.text.length < draft.text.length));
  if (older) return state;
  return { ...state, draft: { messageId: chunk.message_id, attempt: chunk.attempt, text: chunk.text } };
}

function withoutHold(state: SessionState, event: HoldReleased): SessionState {
  return state.hold?.hold_id === event.hold_id ? { ...state, hold: null } : state;
}

function withBooking(state: SessionState, event: BookingConfirmed): SessionState {
  const item: TimelineItem = { kind: "booking", key: keyOf(event), bookingId: event.booking_id };
  return { ...withItem(state, item), booking: event, hold: null };
}

function withNewTime(state: SessionState, event: BookingRescheduled): SessionState {
  const moved = withItem(state, { kind: "notice", key: keyOf(event), event });
  if (state.booking?.booking_id !== event.booking_id) return moved;
  const { expert_id, expert_name, start_time, end_time } = event;
  return { ...moved, hold: null, booking: { ...state.booking, expert_id, expert_name, start_time, end_time } };
}

function withCancellation(state: SessionState, event: BookingCancelled): SessionState {
  const told = withItem(state, { kind: "notice", key: keyOf(event), event });
  if (state.booking?.booking_id !== event.booking_id) return told;
  return { ...told, booking: { ...state.booking, status: "cancelled" } };
}
