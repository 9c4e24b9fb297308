import type {
  AttachmentBody,
  Availability,
  BookingCancelled,
  BookingConfirmed,
  BookingRescheduled,
  ExpertsMatched,
  FactBody,
  HandedOver,
  MessageBody,
  Phase,
  PrdGenerated,
  PrdProgress,
  PrdReady,
  Progress,
  SessionClosed,
  SlotHeld,
} from "../contract";

/** What the conversation shows, in the order of the log. */
export type TimelineItem =
  | { kind: "message"; key: string; message: MessageBody }
  | { kind: "attachment"; key: string; attachment: AttachmentBody }
  | { kind: "prd"; key: string; prd: PrdGenerated }
  | { kind: "experts"; key: string; matched: ExpertsMatched }
  | { kind: "booking"; key: string; bookingId: string }
  | { kind: "notice"; key: string; event: BookingRescheduled | BookingCancelled | HandedOver | SessionClosed };

export type Booking = Omit<BookingConfirmed, "type" | "seq">;

/** A reply on its way: never stored, replaced by its message. */
export interface Draft {
  messageId: string;
  attempt: number;
  text: string;
}

/** Everything the server told this session: the fold of its events, and nothing else. */
export interface SessionState {
  lastSeq: number;
  phase: Phase;
  timeline: readonly TimelineItem[];
  draft: Draft | null;
  typing: { bot: boolean; staff: boolean };
  /** Visitor messages that could not be answered, by message id; true when sending again may help. */
  failedTurns: Readonly<Record<string, boolean>>;
  facts: Readonly<Record<string, FactBody>>;
  changedFacts: readonly string[];
  progress: Progress | null;
  recommendedService: string | null;
  prdReady: PrdReady | null;
  prdProgress: PrdProgress | null;
  prds: readonly PrdGenerated[];
  matched: ExpertsMatched | null;
  availability: Readonly<Record<string, Availability>>;
  hold: SlotHeld | null;
  booking: Booking | null;
  consent: { granted: boolean; recorded_at: string } | null;
  handedOver: boolean;
  closed: boolean;
  erased: boolean;
}

export const EMPTY: SessionState = {
  lastSeq: 0,
  phase: "greeting",
  timeline: [],
  draft: null,
  typing: { bot: false, staff: false },
  failedTurns: {},
  facts: {},
  changedFacts: [],
  progress: null,
  recommendedService: null,
  prdReady: null,
  prdProgress: null,
  prds: [],
  matched: null,
  availability: {},
  hold: null,
  booking: null,
  consent: null,
  handedOver: false,
  closed: false,
  erased: false,
};

export function messagesOf(state: SessionState): MessageBody[] {
  return state.timeline.flatMap((item) => (item.kind === "message" ? [item.message] : []));
}

/** The visitor spoke last and no one has answered, nor said that they will not. */
export function awaitsReply(state: SessionState): boolean {
  const last = messagesOf(state).at(-1);
  if (!last || last.role !== "user" || state.closed) return false;
  return !state.handedOver && !(last.id in state.failedTurns);
}
