import { type Ack, type Error as ErrorFrame, MAX_FILE_BYTES } from "../contract";

export interface Upload {
  id: string;
  file: File;
  status: "waiting" | "sending" | "stored" | "failed";
  /** Where the log tells of it, once it is stored. */
  seq: number | null;
  problem: ErrorFrame | null;
}

export interface UploadsParts {
  /** Rejects when no answer came. */
  post: (id: string, file: File) => Promise<Ack | ErrorFrame>;
  /** How far the log has been shown: it may tell of a file before the answer to the upload comes. */
  lastSeq: () => number;
  onChange: (uploads: readonly Upload[]) => void;
}

const TOO_LARGE: ErrorFrame = {
  type: "error",
  code: "too_large",
  message: "",
  retryable: false,
  details: [{ field: "file", code: "too_large", message: "" }],
};

/** Files on their way, one at a time and in order; a file whose line broke goes again under its id at the next join. */
export class Uploads {
  items: readonly Upload[] = [];

  constructor(private readonly parts: UploadsParts) {}

  add(id: string, file: File): void {
    const large = file.size > MAX_FILE_BYTES;
    this.replace([...this.items, { id, file, status: large ? "failed" : "waiting", seq: null, problem: large ? TOO_LARGE : null }]);
    this.pump();
  }

  open(): void {
    this.pump();
  }

  retry(id: string): void {
    this.update(id, { status: "waiting", problem: null });
    this.pump();
  }

  discard(id: string): void {
    this.replace(this.items.filter((upload) => upload.id !== id));
  }

  clear(): void {
    this.replace([]);
  }

  /** What the log shows by now need not be shown from here. */
  caughtUp(): void {
    const lastSeq = this.parts.lastSeq();
    const rest = this.items.filter((upload) => upload.seq === null || upload.seq > lastSeq);
    if (rest.length < this.items.length) this.replace(rest);
  }

  private pump(): void {
    const next = this.items.find((upload) => upload.status === "waiting");
    if (next && !this.items.some((upload) => upload.status === "sending")) void this.send(next);
  }

  private async send({ id, file }: Upload): Promise<void> {
    this.update(id, { status: "sending" });
    const answer = await this.parts.post(id, file).catch(() => null);
    if (answer === null) return this.update(id, { status: "waiting" });
    if (answer.type === "ack") this.update(id, { status: "stored", seq: answer.seq ?? 0 });
    else this.update(id, { status: "failed", problem: answer });
    this.caughtUp();
    this.pump();
  }

  private update(id: string, change: Partial<Upload>): void {
    this.replace(this.items.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private replace(items: readonly Upload[]): void {
    this.items = items;
    this.parts.onChange(items);
  }
}
