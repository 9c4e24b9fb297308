export const MOST_ATTEMPTS = 5;

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Milliseconds to wait before an attempt (1, 2, …): doubling, with the upper half left to chance. */
export function delayBefore(attempt: number, random: () => number, atLeastMs = 0): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.max(atLeastMs, 0) + full / 2 + (random() * full) / 2;
}
