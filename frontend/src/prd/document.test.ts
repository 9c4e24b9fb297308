import { expect, test } from "vitest";
import { sectionTitles } from "./document";

test("a section is offered under the title that the reader sees (W19)", () => {
  const source = "# Plan\n\n## 2. **Goals** and measures\n<!-- sec:goals -->\n\ntext\n\n## Notes\n";
  expect([...sectionTitles(source)]).toEqual([["goals", "2. Goals and measures"]]);
});
