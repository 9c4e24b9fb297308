import type { TextKey } from "../language/text";

export interface Details {
  name: string;
  email: string;
  notes: string;
}

export type Problems = Partial<Record<keyof Details, TextKey>>;

/** What keeps a form from being sent. The server judges the address for good; this only catches slips at once (I2). */
export function problemsOf(details: Details): Problems {
  const problems: Problems = {};
  if (!details.name.trim()) problems.name = "field_required";
  if (!details.email.trim()) problems.email = "field_required";
  else if (!/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(details.email.trim())) problems.email = "field_email_bad";
  return problems;
}
