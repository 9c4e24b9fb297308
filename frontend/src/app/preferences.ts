import { create } from "zustand";
import { isLanguage, type Language, preferred } from "../language/text";
import { browserStorage } from "../session/storage";

export type Theme = "system" | "light" | "dark";

interface Preferences {
  language: Language;
  theme: Theme;
  sound: boolean;
  set: (change: Partial<Pick<Preferences, "language" | "theme" | "sound">>) => void;
}

export const storage = browserStorage();

const asked = new URLSearchParams(window.location.search);

export const usePreferences = create<Preferences>((set) => ({
  language: languageNow(),
  theme: themeNow(),
  sound: storage.get("sound") === "on",
  set: (change) => {
    if (change.language) storage.set("language", change.language);
    if (change.theme) storage.set("theme", change.theme);
    if (change.sound !== undefined) storage.set("sound", change.sound ? "on" : "off");
    set(change);
  },
}));

/** An address's own wish, as a site that embeds us makes it, wins over the stored one. */
function languageNow(): Language {
  const wish = asked.get("language") ?? storage.get("language") ?? "";
  return isLanguage(wish) ? wish : preferred(navigator.languages);
}

function themeNow(): Theme {
  const wish = asked.get("theme") ?? storage.get("theme");
  return wish === "light" || wish === "dark" ? wish : "system";
}
