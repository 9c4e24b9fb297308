import type { PrdApproved, PrdGenerated, PrdInReview, PrdStatus, ServerEvent } from "../contract";
import { diffKey, keyOf, type Prd, type SessionState, withItem } from "./state";

/** What the server tells of the document. */
export type PrdEvent = Extract<ServerEvent, { type: `prd_${string}` }>;

export function isOfPrd<T extends ServerEvent>(event: T): event is Extract<T, PrdEvent> {
  return event.type.startsWith("prd_");
}

export function foldPrd(state: SessionState, event: PrdEvent): SessionState {
  switch (event.type) {
    case "prd_ready":
      return { ...state, prdReady: event };
    case "prd_progress":
      return { ...state, prdProgress: event };
    case "prd_generated":
      return withVersion(state, event);
    case "prd_in_review":
      return withStatus(state, event, "in_review");
    case "prd_approved":
      return withStatus(state, event, "approved");
    case "prd_shared":
      return change(state, event.version, { url: event.url });
    case "prd_unshared":
      return change(state, event.version, { url: null });
    case "prd_versions":
      return { ...state, prdVersions: event };
    case "prd_document":
      return { ...state, prdDocuments: { ...state.prdDocuments, [event.version]: event } };
    case "prd_diff":
      return { ...state, prdDiffs: { ...state.prdDiffs, [diffKey(event.before, event.after)]: event } };
    default:
      return fromANewerServer(event, state);
  }
}

function fromANewerServer(_event: never, state: SessionState): SessionState {
  return state;
}

function withVersion(state: SessionState, event: PrdGenerated): SessionState {
  const told = withItem(state, { kind: "prd", key: keyOf(event), version: event.version });
  return { ...told, prds: [...state.prds, { ...event, status: "draft" }], prdProgress: null };
}

function withStatus(state: SessionState, event: PrdInReview | PrdApproved, status: PrdStatus): SessionState {
  return change(withItem(state, { kind: "notice", key: keyOf(event), event }), event.version, { status });
}

function change(state: SessionState, version: number, news: Partial<Prd>): SessionState {
  return { ...state, prds: state.prds.map((prd) => (prd.version === version ? { ...prd, ...news } : prd)) };
}
