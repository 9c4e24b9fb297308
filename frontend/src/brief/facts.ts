import type { FactBody } from "../contract";
import { plainDate } from "../language/dates";
import { type Text, type TextKey, termFor } from "../language/text";

/** The order in which a brief reads, whatever the order in which things were said. */
export const SLOTS = [
  "challenges",
  "success_criteria",
  "company",
  "industry",
  "company_size",
  "tech_stack",
  "budget",
  "timeline",
  "decision_maker",
  "stakeholders",
  "constraints",
  "exclusions",
  "name",
  "email",
  "phone",
] as const;

const LISTS = new Set(["challenges", "tech_stack", "success_criteria", "stakeholders", "constraints", "exclusions"]);

export function isList(slot: string): boolean {
  return LISTS.has(slot);
}

export function slotName(slot: string, t: Text): string {
  const key = `slot_${slot}`;
  return t(key as TextKey);
}

export interface Budget {
  min: number | null;
  max: number | null;
  currency: string;
}

export interface Timeline {
  kind: "date" | "asap" | "flexible" | "unknown";
  date: string | null;
  text: string;
}

export interface DecisionMaker {
  self: boolean;
  name: string | null;
}

export interface Range {
  min: number | null;
  max: number | null;
}

/** One fact as a reader sees it; an empty list for a slot without a value. */
export function describe(slot: string, fact: FactBody, t: Text, language: string): string[] {
  if (fact.status === "declined") return [t("declined")];
  if (fact.status === "unknown" || fact.value === null) return [t("unknown_fact")];
  if (Array.isArray(fact.value)) return fact.value.map(String);
  return [describeSingle(slot, fact.value, t, language)];
}

function describeSingle(slot: string, value: unknown, t: Text, language: string): string {
  switch (slot) {
    case "budget":
      return describeBudget(value as Budget, t, language);
    case "timeline":
      return describeTimeline(value as Timeline, t, language);
    case "decision_maker":
      return describeDecision(value as DecisionMaker, t);
    case "company_size":
      return describeSize(value as number | Range, t, language);
    case "industry":
      return termFor("industry", String(value), t);
    default:
      return typeof value === "boolean" ? t(value ? "yes" : "no") : String(value);
  }
}

function describeBudget(budget: Budget, t: Text, language: string): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency: budget.currency || "EUR", maximumFractionDigits: 0 });
  return describeRange(budget, (amount) => format.format(amount), t);
}

function describeSize(size: number | Range, t: Text, language: string): string {
  const format = new Intl.NumberFormat(language);
  const range = typeof size === "number" ? { min: size, max: size } : size;
  return t("people", { count: describeRange(range, (count) => format.format(count), t) });
}

function describeRange({ min, max }: Range, write: (value: number) => string, t: Text): string {
  if (min !== null && max !== null) return min === max ? write(min) : `${write(min)} – ${write(max)}`;
  if (max !== null) return t("up_to", { value: write(max) });
  return min === null ? t("unknown_fact") : t("at_least", { value: write(min) });
}

function describeTimeline(timeline: Timeline, t: Text, language: string): string {
  if (timeline.kind !== "date" || !timeline.date) return timeline.text || t(`timeline_${timeline.kind}`);
  const date = plainDate(timeline.date, language);
  return timeline.text && timeline.text !== timeline.date ? `${date} (${timeline.text})` : date;
}

function describeDecision(who: DecisionMaker, t: Text): string {
  if (who.self) return who.name ? t("decides_together", { name: who.name }) : t("decides_self");
  return who.name ? t("decides_other", { name: who.name }) : t("decides_someone");
}

/** The visitor's own words behind a fact, each once. */
export function quotesOf(fact: FactBody): string[] {
  return [...new Set((fact.items ?? [fact]).map((item) => item.quote).filter(Boolean))];
}
