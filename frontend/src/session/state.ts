import type {
  AttachmentBody,
  Availability,
  BookingCancelled,
  BookingConfirmed,
  BookingRescheduled,
  DurableEvent,
  ExpertsMatched,
  FactBody,
  HandedOver,
  MessageBody,
  Phase,
  PrdApproved,
  PrdDiff,
  PrdDocument,
  PrdGenerated,
  PrdInReview,
  PrdProgress,
  PrdReady,
  PrdStatus,
  PrdVersions,
  Progress,
  SessionClosed,
  SlotHeld,
} from "../contract";

/** What the conversation shows, in the order of the log. */
export type TimelineItem =
  | { kind: "message"; key: string; message: MessageBody }
  | { kind: "attachment"; key: string; attachment: AttachmentBody }
  | { kind: "prd"; key: string; version: number }
  | { kind: "experts"; key: string; matched: ExpertsMatched }
  | { kind: "booking"; key: string; bookingId: string }
  | { kind: "notice"; key: string; event: BookingRescheduled | BookingCancelled | HandedOver | PrdInReview | PrdApproved | SessionClosed };

/** A version as it stands now; without a link once that was closed. */
export type Prd = Omit<PrdGenerated, "url"> & { url: string | null; status: PrdStatus };

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
  prds: readonly Prd[];
  /** What was read of the document: the list of versions, versions by number, differences by "before-after". */
  prdVersions: PrdVersions | null;
  prdDocuments: Readonly<Record<number, PrdDocument>>;
  prdDiffs: Readonly<Record<string, PrdDiff>>;
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
  prdVersions: null,
  prdDocuments: {},
  prdDiffs: {},
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

export function diffKey(before: number, after: number): string {
  return `${before}-${after}`;
}

export function keyOf(event: DurableEvent): string {
  return `${event.type}-${event.seq}`;
}

export function withItem(state: SessionState, item: TimelineItem): SessionState {
  return { ...state, timeline: [...state.timeline, item] };
}
