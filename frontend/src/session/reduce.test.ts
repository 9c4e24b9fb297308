import { describe, expect, test } from "vitest";
import type { BookingConfirmed, DurableEvent, ServerEvent, SlotHeld } from "../contract";
import { accepted, replied } from "./fakes";
import { placeOf, reduce } from "./reduce";
import { awaitsReply, EMPTY, messagesOf, type SessionState } from "./state";

const HELD: SlotHeld = { type: "slot_held", seq: 1, hold_id: "h", expert_id: "e", start_time: "2026-12-01T09:00:00Z", expires_at: "2026-12-01T08:10:00Z" };
const BOOKED: BookingConfirmed = {
  type: "booking_confirmed",
  seq: 2,
  booking_id: "b",
  expert_id: "e",
  expert_name: "Ada Okafor",
  expert_role: "Data strategist",
  start_time: "2026-12-01T09:00:00Z",
  end_time: "2026-12-01T09:30:00Z",
  timezone: "Europe/Berlin",
  meeting_link: "https://meet.example/x",
  client_name: "Lena",
  client_email: "lena@acme.example",
  status: "confirmed",
  ics_url: "/ics",
};

function fold(...events: ServerEvent[]): SessionState {
  return events.reduce(reduce, EMPTY);
}

describe("the place of an event", () => {
  test.each([
    [0, 1, "next"],
    [1, 1, "seen"],
    [5, 1, "seen"],
    [0, 2, "gap"],
  ])("after %i, number %i is %s", (lastSeq, seq, place) => {
    expect(placeOf({ ...EMPTY, lastSeq }, accepted(seq, "hi"))).toBe(place);
  });

  test("an acknowledgement has none, although it names one", () => {
    expect(placeOf(EMPTY, { type: "ack", id: "a", duplicate: false, seq: 9 })).toBe("ephemeral");
  });
});

describe("messages", () => {
  test("a reply brings the message it answers only if that was not shown yet", () => {
    const [asked] = messagesOf(fold(accepted(1, "hello")));
    const pair: DurableEvent = { ...(replied(2, "hi") as DurableEvent & { type: "message" }), user_message: asked ?? null };
    expect(messagesOf(fold(accepted(1, "hello"), pair)).map((message) => message.content)).toEqual(["hello", "hi"]);
  });

  test("a reply ends the typing mark and the draft, even when typing_stop was lost", () => {
    const state = fold({ type: "typing_start", from: "bot" }, { type: "message_chunk", message_id: "m1", attempt: 1, text: "h" }, replied(1, "hi"));
    expect([state.typing.bot, state.draft]).toEqual([false, null]);
  });

  test("an older attempt or a shorter text never replaces what is drawn", () => {
    const chunks = [
      [2, "Good morn"],
      [1, "Good morning, this is a longer first attempt"],
      [2, "Good"],
    ] as const;
    const state = fold(...chunks.map(([attempt, text]) => ({ type: "message_chunk", message_id: "x", attempt, text }) as const));
    expect(state.draft?.text).toBe("Good morn");
  });

  test("the visitor waits for a reply until it comes or is said not to", () => {
    const asked = fold(accepted(1, "hello"));
    expect(awaitsReply(asked)).toBe(true);
    expect(awaitsReply(reduce(asked, replied(2, "hi")))).toBe(false);
    expect(awaitsReply(reduce(asked, { type: "turn_failed", seq: 2, message_id: "m1", retryable: true }))).toBe(false);
  });
});

describe("holds and bookings", () => {
  test("a release of an older hold leaves the present one", () => {
    const released = { ...HELD, type: "hold_released", seq: 2, hold_id: "older" } as const;
    expect(fold(HELD, released).hold?.hold_id).toBe("h");
  });

  test("a booking takes the place of its hold", () => {
    const state = fold(HELD, BOOKED);
    expect([state.hold, state.booking?.booking_id]).toEqual([null, "b"]);
  });

  test("a cancelled booking stays to be seen as cancelled", () => {
    const cancelled = { type: "booking_cancelled", seq: 3, booking_id: "b", old_start_time: "", old_end_time: "", reason: "" } as const;
    expect(fold(HELD, BOOKED, cancelled).booking?.status).toBe("cancelled");
  });
});

test("erasure leaves nothing of the visit but its place in the log", () => {
  const state = fold(accepted(1, "my secret"), { type: "session_erased", seq: 2, erased_at: "2026-11-23T10:00:00Z" });
  expect([state.timeline, state.erased, state.lastSeq]).toEqual([[], true, 2]);
});

test("an event of a newer server is skipped and counted", () => {
  const newer = { type: "invented_later", seq: 1 } as unknown as ServerEvent;
  expect(reduce(EMPTY, newer)).toEqual({ ...EMPTY, lastSeq: 1 });
});

describe("the document", () => {
  const made = (seq: number, version: number): ServerEvent => ({
    type: "prd_generated", seq, version, prd_id: "p", filename: "plan.md", preview_text: "", url: `/prd/${version}`, sections: [], author: "unobot",
  });

  test("a version is a draft until it is reviewed and approved, the next one a draft again (P7)", () => {
    const about = { prd_id: "p", version: 1, at: "2026-12-01T09:00:00Z" };
    const reviewed = fold(made(1, 1), { type: "prd_in_review", seq: 2, by: "staff", ...about });
    expect(reviewed.prds.map((prd) => prd.status)).toEqual(["in_review"]);
    const approved = [{ type: "prd_approved", seq: 3, by: "visitor", ...about } as const, made(4, 2)].reduce(reduce, reviewed);
    expect(approved.prds.map((prd) => prd.status)).toEqual(["approved", "draft"]);
    expect(approved.timeline.filter((item) => item.kind === "notice")).toHaveLength(2);
  });

  test("a closed link is gone and a new one takes its place (P6)", () => {
    const closed = fold(made(1, 1), { type: "prd_unshared", seq: 2, prd_id: "p", version: 1 });
    expect(closed.prds[0]?.url).toBeNull();
    const open = reduce(closed, { type: "prd_shared", seq: 3, prd_id: "p", version: 1, url: "/prd/new", expires_at: "2027-03-01T09:00:00Z" });
    expect(open.prds[0]?.url).toBe("/prd/new");
  });

  test("what was read is kept by version", () => {
    const read: ServerEvent = {
      type: "prd_document", id: "q", prd_id: "p", version: 2, title: "Plan", status: "draft", author: "unobot", language: "en", markdown: "# Plan", sections: [], hints: [],
    };
    expect(fold(read).prdDocuments[2]).toBe(read);
    const changed: ServerEvent = { type: "prd_diff", id: "q", prd_id: "p", before: 1, after: 2, changes: [] };
    expect(fold(changed).prdDiffs["1-2"]).toBe(changed);
  });
});
