import { expect, test } from "vitest";
import { nameIn } from "./download";

test("a file is saved under the name that the server gives it", () => {
  expect(nameIn('attachment; filename="nordwind-plan-v2.pdf"')).toBe("nordwind-plan-v2.pdf");
});

test("a name in any alphabet comes back whole", () => {
  expect(nameIn("attachment; filename*=utf-8''%E4%BB%95%E6%A7%98%E6%9B%B8.pdf")).toBe("仕様書.pdf");
});

test("a file without a name gets one", () => {
  expect(nameIn("inline")).toBe("unobot");
});
