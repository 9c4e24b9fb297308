/** Dates and times as a language writes them, always in a named zone. */

export function clockTime(instant: string, language: string, zone?: string): string {
  return formatted(instant, language, { hour: "numeric", minute: "2-digit", ...inZone(zone) });
}

export function longDate(instant: string, language: string, zone?: string): string {
  return formatted(instant, language, { weekday: "long", day: "numeric", month: "long", ...inZone(zone) });
}

export function dayAndTime(instant: string, language: string, zone?: string): string {
  const parts = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" } as const;
  return formatted(instant, language, { ...parts, ...inZone(zone) });
}

/** The date at a glance, for a narrow place: "Fri 27". */
export function shortDay(instant: string, language: string, zone: string): string {
  return formatted(instant, language, { weekday: "short", day: "numeric", timeZone: zone });
}

export function plainDate(day: string, language: string): string {
  return formatted(`${day}T00:00:00Z`, language, { dateStyle: "long", timeZone: "UTC" });
}

/** The local date of an instant, as a key to group by. */
export function dateKey(instant: string, zone: string): string {
  return formatted(instant, "en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone });
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** "Europe/Berlin" as people say it. */
export function zoneCity(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Minutes and seconds that remain, "9:05"; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A file's size in the larger unit that leaves something before the point. */
export function fileSize(bytes: number, language: string): string {
  const large = bytes >= 100_000;
  const size = large ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1_000));
  const format = new Intl.NumberFormat(language, { style: "unit", unit: large ? "megabyte" : "kilobyte", maximumFractionDigits: 1 });
  return format.format(size);
}

function formatted(instant: string, language: string, options: Intl.DateTimeFormatOptions): string {
  // Mails and calendar files are Gregorian too: one meeting must not have two dates.
  return new Intl.DateTimeFormat(language, { calendar: "gregory", ...options }).format(new Date(instant));
}

function inZone(zone: string | undefined): Intl.DateTimeFormatOptions {
  return zone ? { timeZone: zone } : {};
}
