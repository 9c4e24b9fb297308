import type { ClientCommand, ServerEvent } from "../contract";
import { delayBefore, MOST_ATTEMPTS } from "./backoff";
import type { Clock, CloseReason, OpenTransport, Position, Transport } from "./transport";

export type Status =
  | { is: "idle" }
  | { is: "connecting"; over: Transport["kind"]; attempt: number }
  | { is: "live"; over: Transport["kind"] }
  | { is: "waiting"; attempt: number; until: number }
  | { is: "refused" };

export interface ConnectionParts {
  socket: OpenTransport;
  polling: OpenTransport;
  position: () => Position;
  clock: Clock;
  random: () => number;
  onFrame: (frame: ServerEvent) => void;
  onStatus: (status: Status) => void;
}

const JOIN_WITHIN_MS = 8_000;
const ANSWER_WITHIN_MS = 5_000;
const PROBE_WITHIN_MS = 3_000;

/** The only place that reconnects: a few tries by socket, then polling until a person or the network asks again. */
export class Connection {
  status: Status = { is: "idle" };
  private transport: Transport | null = null;
  private mode: Transport["kind"] = "socket";
  private failures = 0;
  private restartAfterMs = 0;
  private cancelRetry = () => {};
  private cancelBeat = () => {};
  private cancelDeadline: (() => void) | null = null;

  constructor(private readonly parts: ConnectionParts) {}

  start(): void {
    if (this.status.is === "idle") this.open();
  }

  stop(): void {
    this.drop();
    this.cancelRetry();
    this.become({ is: "idle" });
  }

  send(command: ClientCommand): void {
    this.transport?.send(command);
  }

  /** Something hints that the network may be back or the line dead: the page is shown, is restored, is online. */
  nudge(): void {
    if (this.status.is === "live" && this.mode === "socket") this.probe(PROBE_WITHIN_MS);
    else if (this.mode === "polling") this.trySocketOnce();
    else if (this.status.is === "waiting") this.reconnect();
  }

  /** The visitor pressed "Reconnect". */
  reconnect(): void {
    if (this.status.is === "refused" || this.status.is === "idle") return;
    this.failures = 0;
    this.mode = "socket";
    this.open();
  }

  private trySocketOnce(): void {
    this.failures = MOST_ATTEMPTS;
    this.mode = "socket";
    this.open();
  }

  private open(): void {
    this.drop();
    this.cancelRetry();
    this.become({ is: "connecting", over: this.mode, attempt: this.failures });
    this.expectFrameWithin(JOIN_WITHIN_MS);
    this.transport = this.listenTo(this.mode === "socket" ? this.parts.socket : this.parts.polling);
  }

  private listenTo(opens: OpenTransport): Transport {
    const transport: Transport = opens(this.parts.position, {
      onFrame: (frame) => {
        if (this.transport === transport) this.hear(frame);
      },
      onClose: (reason) => {
        if (this.transport === transport) this.lose(reason);
      },
    });
    return transport;
  }

  private hear(frame: ServerEvent): void {
    this.cancelDeadline?.();
    this.cancelDeadline = null;
    if (frame.type === "connected") this.joined(frame.limits.ping_interval_ms);
    if (frame.type === "server_restart") this.restartAfterMs = frame.retry_after_ms;
    if (refuses(frame)) this.lose("refused");
    else this.parts.onFrame(frame);
  }

  private joined(pingEveryMs: number): void {
    this.failures = 0;
    this.restartAfterMs = 0;
    this.become({ is: "live", over: this.mode });
    if (this.mode === "socket") this.beat(pingEveryMs);
  }

  private beat(everyMs: number): void {
    this.cancelBeat = this.parts.clock.after(everyMs, () => {
      this.probe(ANSWER_WITHIN_MS);
      this.beat(everyMs);
    });
  }

  private probe(withinMs: number): void {
    this.send({ type: "ping", seq: this.parts.position().lastSeq });
    this.expectFrameWithin(withinMs);
  }

  private expectFrameWithin(ms: number): void {
    this.cancelDeadline?.();
    this.cancelDeadline = this.parts.clock.after(ms, () => this.lose("lost"));
  }

  private lose(reason: CloseReason): void {
    this.drop();
    if (reason === "refused") this.become({ is: "refused" });
    else this.retry();
  }

  private retry(): void {
    this.failures += 1;
    if (this.mode === "socket" && this.failures > MOST_ATTEMPTS) {
      this.mode = "polling";
      this.failures = 0;
      this.open();
      return;
    }
    const wait = delayBefore(this.failures, this.parts.random, this.restartAfterMs);
    this.become({ is: "waiting", attempt: this.failures, until: this.parts.clock.now() + wait });
    this.cancelRetry = this.parts.clock.after(wait, () => this.open());
  }

  private drop(): void {
    this.cancelBeat();
    this.cancelDeadline?.();
    this.cancelDeadline = null;
    const closing = this.transport;
    this.transport = null;
    closing?.close();
  }

  private become(status: Status): void {
    this.status = status;
    this.parts.onStatus(status);
  }
}

/** The session itself is shut to us, and not only one command. */
function refuses(frame: ServerEvent): boolean {
  return frame.type === "error" && !frame.id && ["forbidden", "expired"].includes(frame.code);
}
