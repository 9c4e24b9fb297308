import { expect, test } from "vitest";
import type { Error as ErrorFrame } from "../contract";
import { refusalText } from "./refusals";
import { type Language, loadMessages, textIn } from "./text";

const REFUSED: ErrorFrame = { type: "error", code: "invalid", message: "Please give a date that lies ahead.", retryable: false };
const TIMELINE = { field: "timeline", code: "invalid", message: "" };

async function shown(frame: ErrorFrame, language: Language): Promise<string> {
  return refusalText(frame, textIn(await loadMessages(language)), language);
}

test("a reader of English gets the server's own words", async () => {
  expect(await shown(REFUSED, "en")).toBe("Please give a date that lies ahead.");
});

test("everybody else gets their own language, as exactly as the field allows", async () => {
  expect(await shown(REFUSED, "de")).toBe("Das wurde nicht verstanden. Bitte prüfen Sie es.");
  expect(await shown({ ...REFUSED, details: [TIMELINE] }, "de")).toBe("Bitte nennen Sie ein Datum in der Zukunft.");
});

test("a server that never answered is told too", async () => {
  expect(await shown({ ...REFUSED, code: "unavailable", message: "" }, "en")).toBe("That could not be done right now. Please try again.");
});
