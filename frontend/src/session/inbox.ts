import type { DurableEvent, MessageChunk, ServerEvent } from "../contract";
import { placeOf } from "./reduce";
import { apply, type ClientStore } from "./store";

export interface InboxParts {
  store: ClientStore;
  /** The log after what has been applied. */
  readLog: () => Promise<DurableEvent[]>;
  /** Runs once before the next paint. */
  beforePaint: (draw: () => void) => void;
}

/** Lets frames into the state in the log's order: heals gaps from the log, and draws streamed text once a frame. */
export class Inbox {
  private chunk: MessageChunk | null = null;
  private upTo = 0;
  private healing = false;

  constructor(private readonly parts: InboxParts) {}

  receive(frame: ServerEvent): void {
    if (frame.type === "message_chunk") return this.hold(frame);
    this.drawChunk();
    if (frame.type === "pong") return this.reach(frame.last_seq);
    if (placeOf(this.parts.store.getState().session, frame) === "gap") return this.reach((frame as DurableEvent).seq);
    apply(this.parts.store, [frame]);
  }

  /** Reads what the log has by now, whatever the line. */
  async catchUp(): Promise<void> {
    if (!this.healing) await this.heal(1);
  }

  private hold(chunk: MessageChunk): void {
    const scheduled = this.chunk !== null;
    this.chunk = chunk;
    if (!scheduled) this.parts.beforePaint(() => this.drawChunk());
  }

  private drawChunk(): void {
    if (this.chunk) apply(this.parts.store, [this.chunk]);
    this.chunk = null;
  }

  private reach(seq: number): void {
    this.upTo = Math.max(this.upTo, seq);
    if (!this.healing && this.behind()) void this.heal();
  }

  private behind(): boolean {
    return this.parts.store.getState().session.lastSeq < this.upTo;
  }

  private async heal(atLeast = 0): Promise<void> {
    this.healing = true;
    try {
      for (let reads = 0; reads < atLeast || this.behind(); reads += 1) {
        const before = this.parts.store.getState().session;
        apply(this.parts.store, await this.parts.readLog());
        if (this.parts.store.getState().session === before) break;
      }
    } catch (error) {
      // The line is down too: the next join or heartbeat brings the same events.
      console.debug("reading the log failed", error);
    } finally {
      this.healing = false;
    }
  }
}
