import { expect, test } from "vitest";
import { nameIn } from "./download";

test("a file is saved under the name that the server gives it", () => {
  expect(nameIn('attachment; filename="nordwind-plan-v2.pdf"')).toBe("nordwind-plan-v2.pdf");
});

test("a file without a name gets one", () => {
  expect(nameIn("inline")).toBe("unobot");
});
