import { expect, test } from "vitest";
import type { PrdHint } from "../contract";
import english from "../language/messages/en.json";
import { loadMessages, textIn } from "../language/text";
import { hintLines } from "./Hints";

const t = textIn(await loadMessages("en"));

function hint(rule: string, item = ""): PrdHint {
  return { rule, section: "questions", item, text: "for staff" };
}

test("a hint says what to do and where it is seen", () => {
  expect(hintLines([hint("budget", "Q-2")], t)).toEqual([`Q-2: ${english.prd_hint_budget}`]);
});

test("a statement that was left out is told once, whichever rules it broke", () => {
  expect(hintLines([hint("vague", "FR-003"), hint("modal", "FR-003"), hint("count")], t)).toEqual([
    `FR-003: ${english.prd_hint_unproven}`,
    english.prd_hint_unproven,
  ]);
});

test("what only an editor can mend is not shown to the reader", () => {
  expect(hintLines([hint("long", "FR-001"), hint("shared")], t)).toEqual([]);
});
