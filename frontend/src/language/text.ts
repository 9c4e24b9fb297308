import { createContext, useContext } from "react";
import english from "./messages/en.json";

export type TextKey = keyof typeof english;
export type Messages = Record<TextKey, string>;
export type Text = (key: TextKey, values?: Record<string, string | number>) => string;

export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", ja: "日本語", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

const ELSEWHERE = import.meta.glob<Messages>(["./messages/*.json", "!./messages/en.json"], { import: "default" });

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
  const load = ELSEWHERE[`./messages/${language}.json`];
  return load ? { ...english, ...(await load()) } : english;
}

export function textIn(messages: Messages): Text {
  return (key, values = {}) => messages[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export interface Speech {
  language: Language;
  t: Text;
}

export const SpeechContext = createContext<Speech>({ language: "en", t: textIn(english) });

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
