import type { Slot } from "../contract";
import { dateKey } from "../language/dates";

export interface Day {
  key: string;
  slots: Slot[];
}

/** Free starts by the viewer's own date, in order. */
export function groupByDay(slots: readonly Slot[], zone: string): Day[] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = dateKey(slot.start_time, zone);
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return [...days].map(([key, found]) => ({ key, slots: found }));
}
