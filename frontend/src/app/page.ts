import { create } from "zustand";
import type { Error as ErrorFrame } from "../contract";

/** What is open over the page; none of it comes from the server. */
export type Open =
  | { kind: "prd"; version: number }
  | { kind: "schedule"; expertId: string }
  | { kind: "reschedule"; expertId: string }
  | { kind: "cancel_booking" }
  | { kind: "fact"; slot: string }
  | { kind: "my_data" }
  | { kind: "elsewhere" }
  | { kind: "start_over" }
  | { kind: "human" }
  | { kind: "brief" };

export interface Toast {
  key: number;
  mood: "good" | "bad";
  /** A refusal is put into words where it is drawn, in the language of that moment. */
  says: string | ErrorFrame;
}

interface Page {
  /** What lies over what, the uppermost last. */
  stack: Open[];
  toasts: Toast[];
  /** Opens something over the page, in place of another of its kind; null closes what is uppermost. */
  show: (open: Open | null) => void;
  toast: (mood: Toast["mood"], says: Toast["says"]) => void;
}

const TOAST_MS = 6_000;
let lastKey = 0;

export const usePage = create<Page>((set) => ({
  stack: [],
  toasts: [],
  show: (open) => set(({ stack }) => ({ stack: open === null ? stack.slice(0, -1) : [...stack.filter((other) => other.kind !== open.kind), open] })),
  toast: (mood, says) => {
    const key = (lastKey += 1);
    set((page) => ({ toasts: [...page.toasts, { key, mood, says }] }));
    setTimeout(() => set((page) => ({ toasts: page.toasts.filter((toast) => toast.key !== key) })), TOAST_MS);
  },
}));
