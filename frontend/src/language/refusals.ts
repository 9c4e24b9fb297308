import type { Error as ErrorFrame, ErrorCode } from "../contract";
import type { Language, Text, TextKey } from "./text";

const BY_FIELD: Record<string, TextKey> = {
  budget: "refusal_budget",
  timeline: "refusal_timeline",
  company_size: "refusal_company_size",
  phone: "refusal_phone",
  email: "field_email_bad",
  client_email: "field_email_bad",
};

const BY_CODE: Record<ErrorCode, TextKey> = {
  invalid: "refusal_invalid",
  unknown_type: "offline_action",
  not_joined: "offline_action",
  forbidden: "refused",
  not_found: "refusal_not_found",
  conflict: "refusal_conflict",
  slot_taken: "refusal_not_offered",
  not_offered: "refusal_not_offered",
  too_large: "refusal_too_large",
  rate_limited: "refusal_rate_limited",
  expired: "refusal_expired",
  unavailable: "offline_action",
  internal: "offline_action",
};

/** Why something was refused: the server says it in English, and more exactly; other readers get it in their words. */
export function refusalText(frame: ErrorFrame, t: Text, language: Language): string {
  if (language === "en" && frame.message) return frame.message;
  const field = frame.code === "invalid" ? BY_FIELD[frame.details?.[0]?.field ?? ""] : undefined;
  return t(field ?? BY_CODE[frame.code]);
}
