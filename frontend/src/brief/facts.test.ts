import { expect, test } from "vitest";
import type { FactBody } from "../contract";
import { LANGUAGES, type Language, loadMessages, termFor, textIn } from "../language/text";
import { describe } from "./facts";

async function said(slot: string, value: unknown, language: Language): Promise<string> {
  const fact: FactBody = { value, status: "confirmed", quote: "", message_id: null, confidence: 1 };
  return describe(slot, fact, textIn(await loadMessages(language)), language).join(" | ").replace(/[\u00a0\u202f]/g, " ");
}

const ELSEWHERE = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== "en");

test.each(ELSEWHERE)("no key of the server's is shown to a reader of %s", async (language) => {
  const t = textIn(await loadMessages(language));
  expect(termFor("service", "data_intelligence", t)).not.toMatch(/intelligence|_/i);
  expect(await said("industry", "public sector", language)).not.toMatch(/public sector/i);
  expect(await said("decision_maker", { self: true, name: "Aiko" }, language)).not.toMatch(/together/);
  expect(await said("timeline", { kind: "asap", date: null, text: "" }, language)).not.toMatch(/asap/i);
});

test.each([
  ["industry", "manufacturing", "Fertigung"],
  ["industry", "Uhrmacherei", "Uhrmacherei"],
  ["company_size", { min: 100, max: 1200 }, "100 – 1.200 Personen"],
  ["budget", { min: 40_000, max: 60_000, currency: "EUR" }, "40.000 € – 60.000 €"],
  ["budget", { min: null, max: 60_000, currency: "CHF" }, "bis 60.000 CHF"],
  ["timeline", { kind: "date", date: "2027-06-30", text: "bis Ende Juni 2027" }, "30. Juni 2027 (bis Ende Juni 2027)"],
  ["decision_maker", { self: true, name: "Frau Kern" }, "Sie entscheiden gemeinsam mit Frau Kern"],
  ["decision_maker", { self: false, name: null }, "Jemand anderes entscheidet"],
  ["challenges", ["Berichte dauern", "Zu viel Excel"], "Berichte dauern | Zu viel Excel"],
])("%s %j reads as it is written in German", async (slot, value, words) => {
  expect(await said(slot, value, "de")).toBe(words);
});
