import type { ClientCommand, Connected, DurableEvent, ServerEvent } from "../contract";
import type { Clock, CloseReason, Listener, OpenTransport, Transport } from "./transport";

/** Time that passes only when told to. */
export class FakeClock implements Clock {
  private time = 0;
  private timers: { at: number; then: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, then: () => void): () => void {
    const timer = { at: this.time + ms, then };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  pass(ms: number): void {
    const until = this.time + ms;
    for (let next = this.due(until); next; next = this.due(until)) {
      this.timers = this.timers.filter((other) => other !== next);
      this.time = next.at;
      next.then();
    }
    this.time = until;
  }

  private due(until: number): { at: number; then: () => void } | undefined {
    return this.timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** A line that the test plays both ends of. */
export class FakeLine {
  opened = 0;
  sent: ClientCommand[] = [];
  private listener: Listener | null = null;

  constructor(private readonly kind: Transport["kind"]) {}

  get isOpen(): boolean {
    return this.listener !== null;
  }

  open: OpenTransport = (_position, listener) => {
    this.opened += 1;
    this.listener = listener;
    const close = () => {
      if (this.listener === listener) this.listener = null;
    };
    return { kind: this.kind, send: (command) => void this.sent.push(command), close };
  };

  says(frame: ServerEvent): void {
    this.listener?.onFrame(frame);
  }

  joins(lastSeq = 0): void {
    this.says(connected(lastSeq));
  }

  breaks(reason: CloseReason = "lost"): void {
    this.listener?.onClose(reason);
  }
}

export function connected(lastSeq = 0): Connected {
  return {
    type: "connected",
    session_id: "s",
    connection_id: "c",
    last_seq: lastSeq,
    server_time: "2026-11-23T10:00:00Z",
    limits: { max_content: 4000, max_frame_bytes: 32_768, ping_interval_ms: 15_000 },
  };
}

export function accepted(seq: number, content: string, meta: Record<string, unknown> = {}): DurableEvent {
  return { type: "message_accepted", seq, message: body(seq, "user", content, meta) };
}

export function replied(seq: number, content: string): DurableEvent {
  return { type: "message", seq, user_message: null, ai_message: body(seq, "assistant", content) };
}

function body(number: number, role: "user" | "assistant", content: string, meta: Record<string, unknown> = {}) {
  return { id: `m${number}`, number, role, content, created_at: "2026-11-23T10:00:00Z", meta };
}
