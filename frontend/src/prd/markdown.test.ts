import fc from "fast-check";
import { expect, test } from "vitest";
import { inline, parse } from "./markdown";

function kinds(source: string): string[] {
  return parse(source).map((block) => block.kind);
}

test("a document is told apart into its blocks (W19)", () => {
  const source = "---\ntitle: x\n---\n# Plan\n\nText\n\n- one\n- two\n\n> said\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n---";
  expect(kinds(source)).toEqual(["heading", "paragraph", "list", "quote", "table", "code", "rule"]);
});

test("a section's anchor names its heading and shows nothing", () => {
  expect(parse("## Goals <!-- sec:goals -->")).toEqual([{ kind: "heading", level: 2, inner: [{ kind: "text", text: "Goals" }], key: "goals" }]);
  expect(parse("## Goals\n<!-- sec:goals -->")).toHaveLength(1);
});

test("a nested list belongs to its item", () => {
  const [list] = parse("- one\n  - inner\n- two");
  expect(list?.kind === "list" && list.items.map((item) => item.map((block) => block.kind))).toEqual([["paragraph", "list"], ["paragraph"]]);
});

test.each(["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x"])("a link to %s stays text (Q2)", (href) => {
  expect(inline(`[click](${href})`)).toEqual([{ kind: "text", text: `[click](${href})` }]);
});

test("markup of HTML stays text", () => {
  expect(inline("<img src=x onerror=alert(1)>")).toEqual([{ kind: "text", text: "<img src=x onerror=alert(1)>" }]);
});

test("an identifier with underscores is not slanted", () => {
  expect(inline("tech_stack_name")).toEqual([{ kind: "text", text: "tech_stack_name" }]);
});

test("no text makes the parser fail or lose its words", () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (source) => void parse(source)));
});
