import type { Ack, Availability, ClientCommand, DurableEvent, Error as ErrorFrame, PrdDiff, PrdDocument, PrdVersions } from "../contract";
import type { Position } from "./transport";

export interface Credentials {
  sessionId: string;
  token: string;
}

export interface Introduction {
  language: string;
  timezone: string;
  referrer: string;
  site_key?: string;
}

export type CommandAnswer = Ack | Availability | PrdVersions | PrdDocument | PrdDiff | ErrorFrame;

/** The server answered, and the answer is no. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export class Rest {
  constructor(private readonly origin: string) {}

  async createSession(introduction: Introduction): Promise<Credentials> {
    return this.credentials(await this.post("/api/v1/sessions", introduction));
  }

  async resume(secret: string): Promise<Credentials> {
    return this.credentials(await this.post("/api/v1/resume", { token: secret }));
  }

  /** Events after a position, waiting up to `wait` seconds for the first. */
  async readLog({ sessionId, token, lastSeq }: Position, wait: number, signal?: AbortSignal): Promise<DurableEvent[]> {
    const url = `${this.origin}/api/v1/sessions/${sessionId}/events?after=${lastSeq}&wait=${wait}`;
    const response = await fetch(url, { headers: authorization(token), signal: signal ?? null, cache: "no-store" });
    if (!response.ok) throw new Refused(response.status, response.statusText);
    return ((await response.json()) as { events: DurableEvent[] }).events;
  }

  /** A refusal is an answer too: its body is the error frame. */
  async command({ sessionId, token }: Credentials, command: ClientCommand): Promise<CommandAnswer> {
    const response = await this.post(`/api/v1/sessions/${sessionId}/commands`, command, authorization(token));
    return (await response.json()) as CommandAnswer;
  }

  async upload({ sessionId, token }: Credentials, id: string, file: File): Promise<Ack | ErrorFrame> {
    const body = new FormData();
    body.append("id", id);
    body.append("file", file);
    const url = `${this.origin}/api/v1/sessions/${sessionId}/attachments`;
    const response = await fetch(url, { method: "POST", headers: authorization(token), body });
    return (await response.json()) as Ack | ErrorFrame;
  }

  private async credentials(response: Response): Promise<Credentials> {
    if (!response.ok) throw new Refused(response.status, await response.text());
    const given = (await response.json()) as { session_id: string; token: string };
    return { sessionId: given.session_id, token: given.token };
  }

  private post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const all = { "Content-Type": "application/json", ...headers };
    return fetch(this.origin + path, { method: "POST", headers: all, body: JSON.stringify(body) });
  }
}

export function authorization(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}
