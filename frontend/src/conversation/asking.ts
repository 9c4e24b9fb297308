import type { AnyQuickCommand, MessageBody, QuickReply } from "../contract";

/** What the last message asks for, read from its meta; a message of an older or newer server simply asks nothing. */
export interface Asking {
  slots: string[];
  /** Answers to the question. */
  answers: QuickReply[];
  /** Ways around it: not saying, not knowing, asking back, a person. */
  ways: QuickReply[];
}

const WAYS_AROUND: AnyQuickCommand["type"][] = ["decline", "unknown", "ask_back", "handoff"];
const NOTHING: Asking = { slots: [], answers: [], ways: [] };

export function askingOf(message: MessageBody | undefined): Asking {
  if (message?.role !== "assistant") return NOTHING;
  const slots = listOf(message.meta.asking).filter((slot) => typeof slot === "string");
  const replies = listOf(message.meta.quick_replies).filter(isQuickReply);
  const isWay = (reply: QuickReply) => WAYS_AROUND.includes(reply.command.type);
  return { slots, answers: replies.filter((reply) => !isWay(reply)), ways: replies.filter(isWay) };
}

export function languageOf(message: MessageBody): string | undefined {
  return typeof message.meta.language === "string" ? message.meta.language : undefined;
}

/** How a phone's keyboard and the browser's memory can help with what is asked. */
export function inputHints(slots: string[]): { inputMode: "text" | "email" | "tel"; autoComplete: string } {
  if (slots.includes("email")) return { inputMode: "email", autoComplete: "email" };
  if (slots.includes("phone")) return { inputMode: "tel", autoComplete: "tel" };
  if (slots.includes("name")) return { inputMode: "text", autoComplete: "name" };
  if (slots.includes("company")) return { inputMode: "text", autoComplete: "organization" };
  return { inputMode: "text", autoComplete: "off" };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isQuickReply(value: unknown): value is QuickReply {
  return typeof value === "object" && value !== null && "label" in value && "command" in value;
}
