import { expect, test } from "vitest";
import type { Slot } from "../contract";
import { countdown, dayAndTime } from "../language/dates";
import { groupByDay } from "./days";

function slot(start_time: string): Slot {
  return { start_time, end_time: start_time, display_date: "", display_time: "", expert_time: "" };
}

test("a start belongs to the viewer's date, not to the server's (K4)", () => {
  const late = slot("2026-11-23T23:30:00Z");
  expect(groupByDay([late], "UTC")[0]?.key).toBe("2026-11-23");
  expect(groupByDay([late], "Asia/Tokyo")[0]?.key).toBe("2026-11-24");
});

test("days keep the order of their starts", () => {
  const days = groupByDay(["2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", "2026-11-24T09:00:00Z"].map(slot), "UTC");
  expect(days.map((day) => day.slots.length)).toEqual([2, 1]);
});

test("a clock change does not move a start", () => {
  const local = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"].map((at) => dayAndTime(at, "en-US", "Europe/Paris"));
  expect(local).toEqual(["Sun, Oct 25, 2:30 AM", "Sun, Oct 25, 2:30 AM", "Sun, Oct 25, 3:30 AM"]);
});

test.each([
  [600_000, "10:00"],
  [61_000, "1:01"],
  [400, "0:01"],
  [-5, "0:00"],
])("%i ms are counted down as %s", (ms, text) => {
  expect(countdown(ms)).toBe(text);
});
