import fc from "fast-check";
import { expect, test } from "vitest";
import type { DurableEvent, ServerEvent } from "../contract";
import { accepted, replied } from "./fakes";
import { Inbox } from "./inbox";
import { reduce } from "./reduce";
import { EMPTY, messagesOf } from "./state";
import { apply, createClientStore } from "./store";

const LOG: DurableEvent[] = Array.from({ length: 20 }, (_, at) =>
  at % 2 === 0 ? accepted(at + 1, `question ${at}`) : replied(at + 1, `answer ${at}`),
);

function anInbox(log: DurableEvent[] = LOG) {
  const store = createClientStore();
  const readLog = () => Promise.resolve(log.filter((event) => event.seq > store.getState().session.lastSeq));
  const painted: (() => void)[] = [];
  return { store, painted, inbox: new Inbox({ store, readLog, beforePaint: (draw) => painted.push(draw) }) };
}

async function settle(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await Promise.resolve();
}

test("any order, loss and repetition of frames ends in the fold of the log (Z2)", async () => {
  const whole = LOG.reduce(reduce, EMPTY);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...LOG), { maxLength: 60 }), async (frames) => {
      const { store, inbox } = anInbox();
      frames.forEach((frame) => inbox.receive(frame));
      inbox.receive({ type: "pong", last_seq: LOG.length });
      await settle();
      expect(store.getState().session).toEqual(whole);
    }),
  );
});

test("no frame is ever shown before the one it follows", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...LOG), { maxLength: 40 }), async (frames) => {
      const { store, inbox } = anInbox();
      for (const frame of frames) {
        inbox.receive(frame);
        const numbers = messagesOf(store.getState().session).map((message) => message.number);
        expect(numbers).toEqual(numbers.map((_, at) => at + 1));
      }
      await settle();
    }),
  );
});

test("a heartbeat that tells of more than was heard brings the rest", async () => {
  const { store, inbox } = anInbox();
  inbox.receive({ type: "pong", last_seq: 3 });
  await settle();
  expect(store.getState().session.lastSeq).toBe(20);
});

test("the log can be read while no line is open", async () => {
  const { store, inbox } = anInbox();
  await inbox.catchUp();
  expect(store.getState().session.lastSeq).toBe(20);
});

test("streamed text is drawn once a frame, with the newest text", () => {
  const { store, inbox, painted } = anInbox();
  ["He", "Hello", "Hello Lena"].forEach((text) => inbox.receive(chunk(text)));
  expect([painted.length, store.getState().session.draft]).toEqual([1, null]);
  painted[0]?.();
  expect(store.getState().session.draft?.text).toBe("Hello Lena");
});

test("a chunk held back never outlives the message it belongs to", () => {
  const { store, inbox, painted } = anInbox();
  apply(store, LOG.slice(0, 1));
  inbox.receive(chunk("answ", "m2"));
  inbox.receive(LOG[1] as ServerEvent);
  painted.forEach((draw) => draw());
  expect(store.getState().session.draft).toBeNull();
});

function chunk(text: string, message_id = "m99"): ServerEvent {
  return { type: "message_chunk", message_id, attempt: 1, text };
}
