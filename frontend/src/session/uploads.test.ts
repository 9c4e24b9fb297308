import { beforeEach, expect, test } from "vitest";
import { type Ack, type Error as ErrorFrame, MAX_FILE_BYTES } from "../contract";
import { type Upload, Uploads } from "./uploads";

const REFUSED: ErrorFrame = { type: "error", code: "invalid", message: "no pdf", retryable: false };

let posted: { id: string; answer: (answer: Ack | ErrorFrame) => void; lose: () => void }[];
let shown: readonly Upload[];
let lastSeq: number;
let uploads: Uploads;

beforeEach(() => {
  posted = [];
  shown = [];
  lastSeq = 0;
  uploads = new Uploads({
    post: (id) => new Promise((answer, reject) => posted.push({ id, answer, lose: () => reject(new TypeError("no network")) })),
    lastSeq: () => lastSeq,
    onChange: (items) => (shown = items),
  });
});

function file(size = 3): File {
  return new File([new Uint8Array(size)], "plan.pdf");
}

async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done));
}

function statuses(): string[] {
  return shown.map((upload) => upload.status);
}

function ack(id: string, seq: number): Ack {
  return { type: "ack", id, duplicate: false, seq };
}

test("files go one at a time and are shown until the log shows them (W23)", async () => {
  uploads.add("a", file());
  uploads.add("b", file());
  expect(posted.map(({ id }) => id)).toEqual(["a"]);
  posted[0]?.answer(ack("a", 4));
  await settled();
  expect(statuses()).toEqual(["stored", "sending"]);
  lastSeq = 4;
  uploads.caughtUp();
  expect(shown.map(({ id }) => id)).toEqual(["b"]);
});

test("a file that the log shows before its answer comes is shown once", async () => {
  uploads.add("a", file());
  lastSeq = 4;
  posted[0]?.answer(ack("a", 4));
  await settled();
  expect(shown).toEqual([]);
});

test("a file whose line broke goes again under its own id (Z2)", async () => {
  uploads.add("a", file());
  posted[0]?.lose();
  await settled();
  expect(statuses()).toEqual(["waiting"]);
  uploads.open();
  expect(posted.map(({ id }) => id)).toEqual(["a", "a"]);
});

test("a refused file is told and does not hold up the next", async () => {
  uploads.add("a", file());
  uploads.add("b", file());
  posted[0]?.answer(REFUSED);
  await settled();
  expect(shown[0]?.problem).toEqual(REFUSED);
  expect(statuses()).toEqual(["failed", "sending"]);
  uploads.discard("a");
  expect(statuses()).toEqual(["sending"]);
});

test("a file that is too large is refused before it is sent (Q8)", () => {
  uploads.add("a", file(MAX_FILE_BYTES + 1));
  expect(shown[0]?.problem?.code).toBe("too_large");
  expect(posted).toEqual([]);
});
