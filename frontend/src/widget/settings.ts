import type { Side } from "./messages";

/** How a site wants its widget, from the script tag's data attributes. */
export interface Settings {
  side: Side;
  theme: string;
  language: string;
  siteKey: string;
}

const LABELS: Record<string, string> = {
  en: "Chat with us",
  de: "Chatten Sie mit uns",
  es: "Hable con nosotros",
  fr: "Discutez avec nous",
  ja: "チャットで相談",
  ar: "تحدث معنا",
};

export function readSettings(data: Readonly<Record<string, string | undefined>>, remembered: string | null): Settings {
  const side = remembered ?? data.position;
  return {
    side: side === "left" ? "left" : "right",
    theme: data.theme ?? "",
    language: (data.language ?? "").slice(0, 2).toLowerCase(),
    siteKey: data.siteKey ?? "",
  };
}

export function labelIn(language: string, browser: string): string {
  return LABELS[language] ?? LABELS[browser.slice(0, 2)] ?? "Chat with us";
}

/** The address of the frame; `host` is the only origin that it will speak to. */
export function frameAddress(origin: string, settings: Settings, host: string): string {
  const query = new URLSearchParams({ host });
  if (settings.theme) query.set("theme", settings.theme);
  if (settings.language) query.set("language", settings.language);
  if (settings.siteKey) query.set("site", settings.siteKey);
  return `${origin}/widget/?${query.toString()}`;
}
