import { createContext, useContext } from "react";
import english from "./messages/en.json";
import englishTerms from "./terms/en.json";

const ENGLISH = { ...english, ...englishTerms };

export type TextKey = keyof typeof ENGLISH;
export type Messages = Record<TextKey, string>;
export type Text = (key: TextKey, values?: Record<string, string | number>) => string;

export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", ja: "日本語", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

type Part = Partial<Messages>;
const MESSAGES = import.meta.glob<Part>(["./messages/*.json", "!./messages/en.json"], { import: "default" });
const TERMS = import.meta.glob<Part>(["./terms/*.json", "!./terms/en.json"], { import: "default" });

export function isLanguage(code: string): code is Language {
  return code in LANGUAGES;
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}

/** The first language of the visitor's that we speak. */
export function preferred(wishes: readonly string[]): Language {
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}

export async function loadMessages(language: Language): Promise<Messages> {
  const [messages, terms] = await Promise.all([MESSAGES[`./messages/${language}.json`]?.(), TERMS[`./terms/${language}.json`]?.()]);
  return { ...ENGLISH, ...messages, ...terms };
}

/** What the server names by a key, in the visitor's words; what it names otherwise, as it is. */
export function termFor(kind: "industry" | "service", name: string, t: Text): string {
  const key = `${kind}_${name}`;
  return key in ENGLISH ? t(key as TextKey) : name;
}

export function industries(t: Text): { key: string; name: string }[] {
  const keys = (Object.keys(englishTerms) as TextKey[]).filter((key) => key.startsWith("industry_"));
  return keys.map((key) => ({ key: key.slice("industry_".length), name: t(key) }));
}

export function textIn(messages: Messages): Text {
  return (key, values = {}) => messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export interface Speech {
  language: Language;
  t: Text;
}

export const SpeechContext = createContext<Speech>({ language: "en", t: textIn(ENGLISH) });

/** The language as the visitor's own region writes it: a Briton reads 17:00, an American 5 PM. */
export function regional(language: string, wishes: readonly string[]): string {
  return wishes.find((wish) => wish.toLowerCase().startsWith(language)) ?? language;
}

export function useText(): Text {
  return useContext(SpeechContext).t;
}

export function useLanguage(): Language {
  return useContext(SpeechContext).language;
}

export function useLocale(): string {
  return regional(useContext(SpeechContext).language, navigator.languages);
}
