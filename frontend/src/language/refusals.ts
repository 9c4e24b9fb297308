import { type Error as ErrorFrame, type ErrorCode, MAX_FILE_BYTES } from "../contract";
import type { Language, Text, TextKey } from "./text";

const BY_FIELD: Record<string, TextKey> = {
  "invalid budget": "refusal_budget",
  "invalid timeline": "refusal_timeline",
  "invalid company_size": "refusal_company_size",
  "invalid phone": "refusal_phone",
  "invalid email": "field_email_bad",
  "invalid client_email": "field_email_bad",
  "invalid file": "refusal_file",
  "too_large file": "refusal_file_size",
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
  const field = BY_FIELD[`${frame.code} ${frame.details?.[0]?.field}`];
  return t(field ?? BY_CODE[frame.code], { limit: MAX_FILE_BYTES / 2 ** 20 });
}
