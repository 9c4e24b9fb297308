import type { ClientCommand, ServerEvent } from "../contract";

/** Whose log, and from where on. */
export interface Position {
  sessionId: string;
  token: string;
  lastSeq: number;
}

/** `refused`: the server will never open this session to us; anything else may pass. */
export type CloseReason = "lost" | "refused";

export interface Listener {
  onFrame(frame: ServerEvent): void;
  onClose(reason: CloseReason): void;
}

/** A way to the server. Its first frame is `connected`; after `onClose` nothing more comes. */
export interface Transport {
  readonly kind: "socket" | "polling";
  send(command: ClientCommand): void;
  close(): void;
}

export type OpenTransport = (position: () => Position, listener: Listener) => Transport;

/** Time as the machine sees it, so that tests can hold it. */
export interface Clock {
  now(): number;
  after(ms: number, then: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
