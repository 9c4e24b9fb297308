import { describe, expect, test } from "vitest";
import englishMessages from "./messages/en.json";
import englishTerms from "./terms/en.json";
import { directionOf, LANGUAGES, loadMessages, preferred, regional, type TextKey, textIn } from "./text";

const english = { ...englishMessages, ...englishTerms };
const WRITTEN = import.meta.glob<Record<string, string>>(["./messages/*.json", "./terms/*.json"], { import: "default", eager: true });
const SOURCES = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const BUILT_FROM_A_PREFIX = /^(slot|timeline|industry|service)_/;

describe.each(Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[])("%s", (language) => {
  test("has a text of its own for everything", () => {
    const own = { ...WRITTEN[`./messages/${language}.json`], ...WRITTEN[`./terms/${language}.json`] };
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
  });

  test("says everything, with the same blanks", async () => {
    const messages = await loadMessages(language);
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    const wrong = (Object.keys(english) as TextKey[]).filter((key) => String(blanks(messages[key])) !== String(blanks(english[key])));
    expect(wrong).toEqual([]);
  });

  test.skipIf(language === "en")("leaves nothing in English by oversight", async () => {
    const messages = await loadMessages(language);
    const sentences = (Object.keys(english) as TextKey[]).filter((key) => english[key].length > 18);
    expect(sentences.filter((key) => messages[key] === english[key])).toEqual([]);
  });
});

test("every text is used somewhere", () => {
  const code = Object.values(SOURCES).join("\n");
  const unused = Object.keys(english).filter((key) => !code.includes(`"${key}"`) && !BUILT_FROM_A_PREFIX.test(key));
  expect(unused).toEqual([]);
});

test("blanks are filled, and left when nothing fills them", () => {
  expect(textIn(english)("progress", { known: 4, total: 9 })).toBe("4 of 9 answered");
  expect(textIn(english)("progress", { known: 4 })).toBe("4 of {total} answered");
});

test("dates follow the visitor's own region", () => {
  expect(regional("en", ["de-DE", "en-GB"])).toBe("en-GB");
  expect(regional("ar", ["de-DE"])).toBe("ar");
});

test("the first wish that we speak wins", () => {
  expect(preferred(["pt-BR", "fr-CA", "de"])).toBe("fr");
  expect(preferred(["pt"])).toBe("en");
  expect(directionOf("ar")).toBe("rtl");
});
