import type { Ack, ClientAction, Error as ErrorFrame } from "../contract";
import { delayBefore } from "./backoff";
import type { Storage } from "./storage";
import type { Clock } from "./transport";

/** `stored`: acknowledged, and shown until the log says it too. */
export type OutboxStatus = "waiting" | "sending" | "stored" | "failed";

export interface OutboxItem {
  command: ClientAction;
  /** What the visitor sees meanwhile: a quick reply's label; null for a command that shows nothing. */
  label: string | null;
  madeAt: number;
  status: OutboxStatus;
  tries: number;
  seq: number | null;
  echoed: boolean;
  problem: ErrorFrame | null;
}

export interface OutboxParts {
  storage: Storage;
  clock: Clock;
  random: () => number;
  send: (command: ClientAction) => void;
  onChange: (items: readonly OutboxItem[]) => void;
}

const KEY = "out.";
const ACK_WITHIN_MS = 10_000;
const MOST_TRIES = 4;
/** A command that the server never answers must not block those behind it for ever. */
const MOST_UNANSWERED = 8;
/** After a reload a message still counts, but no one expects a button pressed long ago to act. */
const BUTTONS_FADE_AFTER_MS = 600_000;

const UNANSWERED: ErrorFrame = { type: "error", code: "unavailable", message: "", retryable: true };

/** Commands on their way, one at a time and in order. Each has its own key, so that tabs never overwrite each other. */
export class Outbox {
  items: readonly OutboxItem[] = [];
  private joined = false;
  private cancelTimer = () => {};
  private answers = new Map<string, (answer: Ack | ErrorFrame) => void>();

  constructor(private readonly parts: OutboxParts) {
    this.items = this.adopt();
  }

  /** Resolves with the server's answer; never rejects, however long that takes. */
  add(command: ClientAction, label: string | null): Promise<Ack | ErrorFrame> {
    const madeAt = Math.max(this.parts.clock.now(), (this.items.at(-1)?.madeAt ?? 0) + 1);
    const item: OutboxItem = { command, label, madeAt, status: "waiting", tries: 0, seq: null, echoed: false, problem: null };
    this.parts.storage.set(keyOf(item), JSON.stringify(item));
    this.replace([...this.items, item]);
    const answer = new Promise<Ack | ErrorFrame>((resolve) => this.answers.set(command.id, resolve));
    this.pump();
    return answer;
  }

  open(): void {
    this.joined = true;
    this.requeueSending();
    this.pump();
  }

  shut(): void {
    this.joined = false;
    this.cancelTimer();
    this.requeueSending();
  }

  acknowledge(ack: Ack): void {
    const item = this.find(ack.id);
    if (item && item.label !== null && ack.seq !== undefined) {
      this.forget(item);
      this.update(ack.id, { status: "stored", seq: ack.seq });
    } else this.discard(ack.id);
    this.settle(ack.id, ack);
  }

  owns(frame: ErrorFrame): boolean {
    return this.meant(frame) !== undefined;
  }

  refuse(frame: ErrorFrame): void {
    const item = this.meant(frame);
    if (!item) return;
    if (frame.retryable && item.tries < MOST_TRIES) this.tryLater(item, frame);
    else this.fail(item, frame);
  }

  /** The log has come to `lastSeq`: what it shows need not be shown from here. */
  caughtUp(lastSeq: number): void {
    const rest = this.items.filter((item) => item.seq === null || item.seq > lastSeq);
    if (rest.length < this.items.length) this.replace(rest);
  }

  /** The log already shows what is being sent: drawn once, but kept until its own acknowledgement. */
  echoed(content: string): void {
    const item = this.items.find((other) => other.status === "sending" && other.label === content);
    if (item) this.update(item.command.id, { echoed: true });
  }

  retry(id: string): void {
    const item = this.find(id);
    if (!item) return;
    this.update(id, { status: "waiting", tries: 0, problem: null });
    this.parts.storage.set(keyOf(item), JSON.stringify(item));
    this.pump();
  }

  discard(id: string): void {
    const item = this.find(id);
    if (!item) return;
    this.forget(item);
    this.replace(this.items.filter((other) => other !== item));
  }

  clear(): void {
    this.items.forEach((item) => this.forget(item));
    this.replace([]);
  }

  /** One at a time, so that a refused command can never be overtaken by the next. */
  private pump(): void {
    if (!this.joined || this.items.some((item) => item.status === "sending")) return;
    const next = this.items.find((item) => item.status === "waiting");
    if (!next) return;
    if (next.tries >= MOST_UNANSWERED) return this.fail(next, UNANSWERED);
    this.update(next.command.id, { status: "sending", tries: next.tries + 1 });
    this.pumpAfter(ACK_WITHIN_MS, () => this.requeueSending());
    this.parts.send(next.command);
  }

  private pumpAfter(ms: number, first: () => void): void {
    this.cancelTimer();
    this.cancelTimer = this.parts.clock.after(ms, () => {
      first();
      this.pump();
    });
  }

  private tryLater(item: OutboxItem, frame: ErrorFrame): void {
    this.update(item.command.id, { problem: frame });
    this.pumpAfter(delayBefore(item.tries, this.parts.random, frame.retry_after_ms), () => this.requeueSending());
  }

  private fail(item: OutboxItem, frame: ErrorFrame): void {
    if (item.label === null) this.discard(item.command.id);
    else {
      this.forget(item);
      this.update(item.command.id, { status: "failed", problem: frame });
    }
    this.settle(item.command.id, frame);
  }

  private settle(id: string, answer: Ack | ErrorFrame): void {
    this.cancelTimer();
    this.answers.get(id)?.(answer);
    this.answers.delete(id);
    this.pump();
  }

  private requeueSending(): void {
    if (!this.items.some((item) => item.status === "sending")) return;
    this.replace(this.items.map((item) => (item.status === "sending" ? { ...item, status: "waiting" } : item)));
  }

  private update(id: string, change: Partial<OutboxItem>): void {
    this.replace(this.items.map((item) => (item.command.id === id ? { ...item, ...change } : item)));
  }

  private find(id: string | undefined): OutboxItem | undefined {
    return this.items.find((item) => item.command.id === id);
  }

  /** A flood is refused before it is read, so that refusal cannot name its command. */
  private meant(frame: ErrorFrame): OutboxItem | undefined {
    if (frame.id === undefined && frame.code === "rate_limited") return this.items.find((item) => item.status === "sending");
    return this.find(frame.id);
  }

  private forget(item: OutboxItem): void {
    this.parts.storage.remove(keyOf(item));
  }

  private replace(items: readonly OutboxItem[]): void {
    this.items = items;
    this.parts.onChange(items);
  }

  private adopt(): OutboxItem[] {
    const { storage, clock } = this.parts;
    const kept = storage.keys().filter((key) => key.startsWith(KEY)).map((key) => JSON.parse(storage.get(key) ?? "null") as OutboxItem | null);
    const whole = kept.filter((item) => item !== null).sort((a, b) => a.madeAt - b.madeAt);
    const [fresh, faded] = partition(whole, (item) => item.label !== null || clock.now() - item.madeAt < BUTTONS_FADE_AFTER_MS);
    faded.forEach((item) => this.forget(item));
    return fresh.map((item) => ({ ...item, status: "waiting", tries: 0 }));
  }
}

function partition<T>(all: T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

function keyOf(item: OutboxItem): string {
  return `${KEY}${item.command.id}`;
}
