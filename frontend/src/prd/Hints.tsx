import { Lightbulb } from "lucide-react";
import type { PrdHint } from "../contract";
import { type Text, type TextKey, useText } from "../language/text";

const TEXTS: Readonly<Record<string, TextKey>> = {
  problem: "prd_hint_problem",
  success: "prd_hint_success",
  budget: "prd_hint_budget",
  date: "prd_hint_date",
  decider: "prd_hint_decider",
  systems: "prd_hint_systems",
  cost: "prd_hint_cost",
  baseline: "prd_hint_baseline",
  target: "prd_hint_target",
  over_budget: "prd_hint_over_budget",
  over_time: "prd_hint_over_time",
};
/** How a sentence reads and whom it resembles is for those who edit the document. */
const FOR_STAFF = ["long", "shared"];

/** What the reader could say so that the next version is better. */
export function Hints({ hints }: { hints: readonly PrdHint[] }) {
  const t = useText();
  const lines = hintLines(hints, t);
  if (lines.length === 0) return null;
  return (
    <details className="prd-fold">
      <summary>
        <Lightbulb size={16} aria-hidden /> {t("prd_hints", { count: lines.length })}
      </summary>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

/** A line for each hint that is the reader's business, with where it is seen; one rule at one place once. */
export function hintLines(hints: readonly PrdHint[], t: Text): string[] {
  const own = hints.filter((hint) => !FOR_STAFF.includes(hint.rule));
  const lines = own.map((hint) => {
    const text = t(TEXTS[hint.rule] ?? "prd_hint_unproven");
    return /^[A-Z]+-\d+$/.test(hint.item) ? `${hint.item}: ${text}` : text;
  });
  return [...new Set(lines)];
}
