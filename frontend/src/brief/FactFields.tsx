import { industries, useLocale, useText } from "../language/text";
import type { Budget, DecisionMaker, Range, Timeline } from "./facts";

interface Props<T> {
  value: T;
  onChange: (value: T) => void;
}

const CURRENCIES = ["EUR", "USD", "GBP", "CHF", "JPY", "AED", "SAR", "INR"];

/** The fields for one slot, each giving back the value in the shape that the ledger keeps. */
export function FactFields({ slot, value, onChange }: Props<unknown> & { slot: string }) {
  switch (slot) {
    case "budget":
      return <BudgetFields value={shaped<Budget>(value, { min: null, max: null, currency: "EUR" })} onChange={onChange} />;
    case "timeline":
      return <TimelineFields value={shaped<Timeline>(value, { kind: "flexible", date: null, text: "" })} onChange={onChange} />;
    case "decision_maker":
      return <DecisionFields value={shaped<DecisionMaker>(value, { self: true, name: null })} onChange={onChange} />;
    case "company_size":
      return <SizeFields value={value} onChange={onChange} />;
    case "industry":
      return <IndustryFields value={typeof value === "string" ? value : ""} onChange={onChange} />;
    default:
      return <TextField slot={slot} value={typeof value === "string" ? value : ""} onChange={onChange} />;
  }
}

function shaped<T extends object>(value: unknown, otherwise: T): T {
  return typeof value === "object" && value !== null ? (value as T) : otherwise;
}

function TextField({ slot, value, onChange }: Props<string> & { slot: string }) {
  const t = useText();
  const type = { email: "email", phone: "tel" }[slot] ?? "text";
  return <input className="input" type={type} aria-label={t("edit")} dir="auto" value={value} onChange={(event) => onChange(event.target.value)} />;
}

function NumberField({ label, value, onChange }: Props<number | null> & { label: "slot_company_size" | "minimum" | "maximum" }) {
  const t = useText();
  return (
    <label className="field">
      <span className="field-label">{t(label)}</span>
      <input
        className="input"
        type="number"
        inputMode="numeric"
        min={0}
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value === "" ? null : Number(event.target.value))}
      />
    </label>
  );
}

/** A head count is one number, or the range that the visitor gave. */
function SizeFields({ value, onChange }: Props<unknown>) {
  if (typeof value !== "object" || value === null) {
    return <NumberField label="slot_company_size" value={typeof value === "number" ? value : null} onChange={onChange} />;
  }
  const range = value as Range;
  return (
    <div className="field-row">
      <NumberField label="minimum" value={range.min} onChange={(min) => onChange({ ...range, min })} />
      <NumberField label="maximum" value={range.max} onChange={(max) => onChange({ ...range, max })} />
    </div>
  );
}

/** One of the industries that we know by name, or the visitor's own word for another. */
function IndustryFields({ value, onChange }: Props<string>) {
  const t = useText();
  const locale = useLocale();
  const known = industries(t).sort((one, other) => one.name.localeCompare(other.name, locale));
  const other = !known.some(({ key }) => key === value);
  return (
    <div className="field">
      <select className="input" aria-label={t("slot_industry")} value={other ? "" : value} onChange={(event) => onChange(event.target.value)}>
        {known.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
        <option value="">{t("another_industry")}</option>
      </select>
      {other && <TextField slot="industry" value={value} onChange={onChange} />}
    </div>
  );
}

function BudgetFields({ value, onChange }: Props<Budget>) {
  const t = useText();
  return (
    <div className="field-row">
      <NumberField label="minimum" value={value.min} onChange={(min) => onChange({ ...value, min })} />
      <NumberField label="maximum" value={value.max} onChange={(max) => onChange({ ...value, max })} />
      <label className="field">
        <span className="field-label">{t("currency")}</span>
        <select className="input" value={value.currency} onChange={(event) => onChange({ ...value, currency: event.target.value })}>
          {[...new Set([value.currency, ...CURRENCIES])].map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

function TimelineFields({ value, onChange }: Props<Timeline>) {
  const t = useText();
  const kinds = ["date", "asap", "flexible", "unknown"] as const;
  return (
    <fieldset className="choices">
      <legend className="hidden-text">{t("slot_timeline")}</legend>
      {kinds.map((kind) => (
        <label key={kind} className="choice">
          <input type="radio" name="kind" checked={value.kind === kind} onChange={() => onChange({ kind, date: value.date, text: "" })} />
          {t(`timeline_${kind}`)}
        </label>
      ))}
      {value.kind === "date" && (
        <label className="field">
          <span className="field-label">{t("date")}</span>
          <input className="input" type="date" value={value.date ?? ""} onChange={(event) => onChange({ ...value, date: event.target.value || null, text: "" })} />
        </label>
      )}
    </fieldset>
  );
}

function DecisionFields({ value, onChange }: Props<DecisionMaker>) {
  const t = useText();
  const name = value.name ?? "";
  const together = value.self && value.name !== null;
  const choices = [
    { label: t("decides_self"), chosen: value.self && !together, means: { self: true, name: null } },
    { label: t("decides_with"), chosen: together, means: { self: true, name } },
    { label: t("decides_someone"), chosen: !value.self, means: { self: false, name } },
  ];
  return (
    <fieldset className="choices">
      <legend className="hidden-text">{t("slot_decision_maker")}</legend>
      {choices.map(({ label, chosen, means }) => (
        <label key={label} className="choice">
          <input type="radio" name="who" checked={chosen} onChange={() => onChange(means)} />
          {label}
        </label>
      ))}
      {(together || !value.self) && (
        <label className="field">
          <span className="field-label">{t("field_name")}</span>
          <input className="input" value={name} dir="auto" onChange={(event) => onChange({ ...value, name: event.target.value })} />
        </label>
      )}
    </fieldset>
  );
}
