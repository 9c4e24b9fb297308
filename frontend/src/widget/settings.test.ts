import { expect, test } from "vitest";
import { frameAddress, labelIn, readSettings } from "./settings";

test("a site chooses the side, and the visitor's own choice wins (W8)", () => {
  expect(readSettings({ position: "left" }, null).side).toBe("left");
  expect(readSettings({ position: "left" }, "right").side).toBe("right");
  expect(readSettings({ position: "top" }, null).side).toBe("right");
});

test("the label follows the site's language, then the browser's (W2)", () => {
  expect([labelIn("de", "fr-FR"), labelIn("", "fr-FR"), labelIn("", "pt")]).toEqual(["Chatten Sie mit uns", "Discutez avec nous", "Chat with us"]);
});

test("the frame is told its host and nothing that could run", () => {
  const settings = readSettings({ language: "de", theme: "dark", siteKey: "k&x=1" }, null);
  expect(frameAddress("https://bot.example", settings, "https://shop.example")).toBe(
    "https://bot.example/widget/?host=https%3A%2F%2Fshop.example&theme=dark&language=de&site=k%26x%3D1",
  );
});
