import { beforeEach, expect, test } from "vitest";
import type { ClientAction } from "../contract";
import { FakeClock } from "./fakes";
import { Outbox, type OutboxItem } from "./outbox";
import { memoryStorage, type Storage } from "./storage";

let clock: FakeClock;
let storage: Storage;
let sent: string[];
let shown: readonly OutboxItem[];

beforeEach(() => {
  clock = new FakeClock();
  storage = memoryStorage();
  sent = [];
  shown = [];
});

function anOutbox(): Outbox {
  const send = (command: ClientAction) => void sent.push(command.id);
  return new Outbox({ storage, clock, random: () => 0, send, onChange: (items) => (shown = items) });
}

function say(outbox: Outbox, id: string) {
  return outbox.add({ type: "send_message", id, content: `text ${id}` }, `text ${id}`);
}

test("what is said offline is sent in order after the join (Z2)", () => {
  const outbox = anOutbox();
  ["a", "b", "c"].forEach((id) => void say(outbox, id));
  expect(sent).toEqual([]);
  outbox.open();
  ["a", "b", "c"].forEach((id, at) => outbox.acknowledge({ type: "ack", id, duplicate: false, seq: at + 1 }));
  expect(sent).toEqual(["a", "b", "c"]);
});

test("a command without an answer is sent again under the same id after a new join", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  outbox.shut();
  outbox.open();
  expect(sent).toEqual(["a", "a"]);
});

test("a lost acknowledgement is asked for again on the same line", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  clock.pass(10_000);
  expect(sent).toEqual(["a", "a"]);
});

test("an unsent message survives a reload", () => {
  void say(anOutbox(), "a");
  const afterReload = anOutbox();
  afterReload.open();
  expect(sent).toEqual(["a"]);
});

test("a button pressed long before a reload does nothing", () => {
  void anOutbox().add({ type: "request_human", id: "a" }, null);
  clock.pass(700_000);
  anOutbox().open();
  expect(sent).toEqual([]);
});

test("a message is shown from here until the log shows it", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  outbox.acknowledge({ type: "ack", id: "a", duplicate: false, seq: 5 });
  outbox.caughtUp(4);
  expect(shown.map((item) => item.status)).toEqual(["stored"]);
  outbox.caughtUp(5);
  expect(shown).toEqual([]);
});

test("a refused message stays with its reason and can be sent again", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  outbox.refuse({ type: "error", id: "a", code: "too_large", message: "too long", retryable: false });
  expect(shown[0]?.problem?.message).toBe("too long");
  outbox.retry("a");
  expect(sent).toEqual(["a", "a"]);
});

test("a passing refusal is tried again after the time the server names", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  outbox.refuse({ type: "error", id: "a", code: "rate_limited", message: "", retryable: true, retry_after_ms: 2_000 });
  clock.pass(1_900);
  expect(sent).toEqual(["a"]);
  clock.pass(1_000);
  expect(sent).toEqual(["a", "a"]);
});

test("the next message waits for the answer to the one before", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  void say(outbox, "b");
  expect(sent).toEqual(["a"]);
});

test("who performs a command hears its answer", async () => {
  const outbox = anOutbox();
  outbox.open();
  const answer = outbox.add({ type: "cancel_booking", id: "a", booking_id: "x" }, null);
  outbox.refuse({ type: "error", id: "a", code: "not_found", message: "no", retryable: false });
  expect((await answer).type).toBe("error");
  expect(shown).toEqual([]);
});

test("a command that is never answered gives way to the next", () => {
  const outbox = anOutbox();
  outbox.open();
  void say(outbox, "a");
  void say(outbox, "b");
  clock.pass(85_000);
  expect([shown[0]?.status, sent.at(-1)]).toEqual(["failed", "b"]);
});
