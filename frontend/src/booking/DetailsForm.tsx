import { type FormEvent, useState } from "react";
import { useSession } from "../app/visit";
import { useText } from "../language/text";
import { PrivacyLink } from "../shell/PrivacyLink";
import { type Details, type Problems, problemsOf } from "./details";

interface Props {
  id: string;
  onSubmit: (details: Details) => void;
}

/** Who comes to the meeting, filled with what the conversation already knows. */
export function DetailsForm({ id, onSubmit }: Props) {
  const t = useText();
  const name = useKnown("name");
  const email = useKnown("email");
  const [details, setDetails] = useState<Details>({ name, email, notes: "" });
  const [problems, setProblems] = useState<Problems>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(details);
    setProblems(found);
    if (Object.keys(found).length === 0) onSubmit(details);
    else document.getElementById(`${id}-${Object.keys(found)[0] ?? ""}`)?.focus();
  };
  const field = (key: keyof Details) => ({
    id: `${id}-${key}`,
    className: "input",
    value: details[key],
    dir: "auto" as const,
    "aria-invalid": key in problems,
    "aria-describedby": key in problems ? `${id}-${key}-problem` : undefined,
    onChange: (event: { target: { value: string } }) => setDetails({ ...details, [key]: event.target.value }),
  });
  return (
    <form id={id} className="details" noValidate onSubmit={submit}>
      <h3>{t("your_details")}</h3>
      <label className="field">
        <span className="field-label">{t("field_name")}</span>
        <input autoComplete="name" required maxLength={200} {...field("name")} />
        <Problem id={`${id}-name-problem`} text={problems.name && t(problems.name)} />
      </label>
      <label className="field">
        <span className="field-label">{t("field_email")}</span>
        <input type="email" autoComplete="email" required maxLength={254} {...field("email")} />
        <Problem id={`${id}-email-problem`} text={problems.email && t(problems.email)} />
      </label>
      <label className="field">
        <span className="field-label">{t("field_notes")}</span>
        <textarea rows={2} maxLength={2000} {...field("notes")} />
      </label>
      <p className="details-consent">
        {t("booking_consent")} <PrivacyLink />
      </p>
    </form>
  );
}

function Problem({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <span id={id} className="field-error" role="alert">
      {text}
    </span>
  );
}

function useKnown(slot: string): string {
  const value = useSession((session) => session.facts[slot]?.value);
  return typeof value === "string" ? value : "";
}
