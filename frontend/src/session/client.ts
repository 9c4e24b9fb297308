import type { Ack, AnyQuickCommand, ClientAction, ClientQuery, Error as ErrorFrame, ServerEvent } from "../contract";
import { delayBefore } from "./backoff";
import { Connection, type Status } from "./connection";
import { Inbox } from "./inbox";
import { Outbox } from "./outbox";
import { pollingTransport } from "./polling";
import type { Credentials, Introduction, Rest } from "./rest";
import { socketTransport } from "./socket";
import type { Storage } from "./storage";
import { type ClientStore, createClientStore } from "./store";
import { EMPTY } from "./state";
import type { Clock, Position } from "./transport";
import { Uploads } from "./uploads";

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type NewAction = WithoutId<ClientAction>;
export type NewQuery = WithoutId<ClientQuery>;
export type Answer = Ack | ErrorFrame;

export interface ClientParts {
  rest: Rest;
  socketUrl: string;
  storage: Storage;
  clock: Clock;
  random: () => number;
  beforePaint: (draw: () => void) => void;
  introduce: () => Introduction;
  /** An error that answers no command of ours. */
  onProblem: (frame: ErrorFrame) => void;
}

const SESSION_KEY = "session";

/** One visit: made or resumed, kept connected, spoken to. */
export class SessionClient {
  readonly store: ClientStore = createClientStore();
  readonly uploads: Uploads;
  private readonly connection: Connection;
  private readonly outbox: Outbox;
  private readonly inbox: Inbox;
  private tries = 0;

  constructor(private readonly parts: ClientParts) {
    const { rest, clock, random, storage } = parts;
    const position = () => this.position();
    this.inbox = new Inbox({ store: this.store, readLog: () => rest.readLog(position(), 0), beforePaint: parts.beforePaint });
    this.connection = new Connection({
      socket: socketTransport(parts.socketUrl),
      polling: pollingTransport(rest),
      position,
      clock,
      random,
      onFrame: (frame) => this.hear(frame),
      onStatus: (connection) => this.changeStatus(connection),
    });
    this.outbox = new Outbox({
      storage,
      clock,
      random,
      send: (command) => this.connection.send(command),
      onChange: (outbox) => this.store.setState({ outbox }),
    });
    this.uploads = new Uploads({
      post: (id, file) => rest.upload(this.position(), id, file),
      lastSeq: () => this.position().lastSeq,
      onChange: (uploads) => this.store.setState({ uploads }),
    });
    this.store.setState({ outbox: this.outbox.items, credentials: stored(storage) });
  }

  /** Resumes the stored session or makes one, and keeps trying while the server is out of reach. */
  async start(): Promise<void> {
    if (this.store.getState().credentials === null) await this.create();
    if (this.store.getState().credentials !== null) this.connection.start();
  }

  /** Takes over a session that another tab began or a link opened. */
  adopt(credentials: Credentials): void {
    if (credentials.sessionId === this.store.getState().credentials?.sessionId) return;
    this.leave();
    this.keep(credentials);
    this.connection.start();
  }

  followOtherTab(key: string): void {
    const theirs = key === SESSION_KEY ? stored(this.parts.storage) : null;
    if (theirs) this.adopt(theirs);
  }

  async startOver(): Promise<void> {
    this.leave();
    this.forgetUnsent();
    this.parts.storage.remove(SESSION_KEY);
    await this.start();
  }

  say(content: string): void {
    void this.perform({ type: "send_message", content }, content);
  }

  choose(label: string, quick_reply: AnyQuickCommand): void {
    void this.perform({ type: "send_message", quick_reply }, label);
  }

  attach(file: File): void {
    this.uploads.add(newId(), file);
  }

  /** `label` is what the conversation shows until the server's own word for it comes. */
  perform(action: NewAction, label: string | null = null): Promise<Answer> {
    return this.outbox.add({ ...action, id: newId() }, label);
  }

  /** Asks for something to read; the answer comes as an event. */
  ask(query: NewQuery): void {
    this.connection.send({ ...query, id: newId() });
  }

  typing(): void {
    this.connection.send({ type: "typing" });
  }

  retry(id: string): void {
    this.outbox.retry(id);
  }

  discard(id: string): void {
    this.outbox.discard(id);
  }

  nudge(): void {
    this.connection.nudge();
  }

  reconnect(): void {
    this.connection.reconnect();
  }

  /** Trades the secret of a resume link for this browser's own way in. */
  async resume(secret: string): Promise<void> {
    this.adopt(await this.parts.rest.resume(secret));
  }

  private async create(): Promise<void> {
    try {
      this.store.setState({ connection: { is: "connecting", over: "socket", attempt: this.tries } });
      this.keep(await this.parts.rest.createSession(this.parts.introduce()));
      this.tries = 0;
    } catch (error) {
      console.debug("no session could be made", error);
      this.tries += 1;
      const wait = delayBefore(this.tries, this.parts.random);
      this.store.setState({ connection: { is: "waiting", attempt: this.tries, until: this.parts.clock.now() + wait } });
      this.parts.clock.after(wait, () => void this.start());
    }
  }

  private changeStatus(connection: Status): void {
    this.store.setState({ connection });
    if (connection.is !== "live") this.outbox.shut();
    // Where sockets are blocked, a visitor must not look at an empty page for as long as they are tried.
    if (connection.is === "waiting") void this.inbox.catchUp();
  }

  private keep(credentials: Credentials): void {
    this.parts.storage.set(SESSION_KEY, JSON.stringify(credentials));
    this.store.setState({ credentials });
  }

  private leave(): void {
    this.connection.stop();
    this.store.setState({ session: EMPTY, credentials: null, historyUpTo: 0 });
  }

  private hear(frame: ServerEvent): void {
    if (frame.type === "connected") this.joined(frame.server_time, frame.last_seq);
    if (frame.type === "ack") this.outbox.acknowledge(frame);
    if (frame.type === "error") this.hearError(frame);
    this.inbox.receive(frame);
    if (frame.type === "message_accepted") this.outbox.echoed(frame.message.content);
    if (frame.type === "session_erased") this.forgetUnsent();
    this.outbox.caughtUp(this.store.getState().session.lastSeq);
    this.uploads.caughtUp();
  }

  private forgetUnsent(): void {
    this.outbox.clear();
    this.uploads.clear();
  }

  private joined(serverTime: string, lastSeq: number): void {
    const { historyUpTo } = this.store.getState();
    const clockSkew = Date.parse(serverTime) - this.parts.clock.now();
    this.store.setState({ clockSkew, historyUpTo: historyUpTo === 0 ? lastSeq : historyUpTo });
    this.outbox.open();
    this.uploads.open();
  }

  private hearError(frame: ErrorFrame): void {
    if (this.outbox.owns(frame)) this.outbox.refuse(frame);
    else this.parts.onProblem(frame);
  }

  private position(): Position {
    const { credentials, session } = this.store.getState();
    return { sessionId: credentials?.sessionId ?? "", token: credentials?.token ?? "", lastSeq: session.lastSeq };
  }
}

function stored(storage: Storage): Credentials | null {
  return JSON.parse(storage.get(SESSION_KEY) ?? "null") as Credentials | null;
}

/** Works without a secure context, where randomUUID is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
