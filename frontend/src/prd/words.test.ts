import fc from "fast-check";
import { expect, test } from "vitest";
import { compareWords, type Piece } from "./words";

function side(pieces: Piece[], kind: "old" | "new"): string {
  return pieces.filter((piece) => piece.kind === kind || piece.kind === "same").map((piece) => piece.text).join("");
}

test("only the words that differ are marked (P7)", () => {
  expect(compareWords("answers within 2 hours", "answers within 4 hours")).toEqual([
    { kind: "same", text: "answers within " },
    { kind: "old", text: "2" },
    { kind: "new", text: "4" },
    { kind: "same", text: " hours" },
  ]);
});

test("a text that was not there is all new, one that went all old", () => {
  expect(compareWords("", "a new one")).toEqual([{ kind: "new", text: "a new one" }]);
  expect(compareWords("an old one", "")).toEqual([{ kind: "old", text: "an old one" }]);
});

test("Japanese is compared by words although it has no spaces", () => {
  const marked = compareWords("予約は電話で受ける", "予約は画面で受ける").filter((piece) => piece.kind !== "same");
  expect(marked).toEqual([{ kind: "old", text: "電話" }, { kind: "new", text: "画面" }]);
});

test("whatever the texts, both can be read from the comparison", () => {
  const text = fc.array(fc.constantFrom("the", " ", "must", "should", "30", "، ", "شاشة"), { maxLength: 40 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = compareWords(before, after);
      expect(side(pieces, "old")).toBe(before);
      expect(side(pieces, "new")).toBe(after);
    }),
  );
});

test("very long texts are not compared word by word", () => {
  const long = "word ".repeat(900);
  expect(compareWords(long, `${long}!`)).toEqual([
    { kind: "old", text: long },
    { kind: "new", text: `${long}!` },
  ]);
});
