import { Pencil, Quote as QuoteIcon, Sparkles } from "lucide-react";
import { useState } from "react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import { BookingSummary } from "../booking/BookingSummary";
import type { FactBody } from "../contract";
import { Button } from "../design/Button";
import { termFor, useLocale, useText } from "../language/text";
import { PrdList } from "../prd/PrdList";
import { describe, quotesOf, slotName, SLOTS } from "./facts";

/** What is known so far, every line of it open to correction. */
export function Brief() {
  const t = useText();
  const facts = useSession((session) => session.facts);
  const known = SLOTS.filter((slot) => slot in facts);
  return (
    <aside className="brief" aria-label={t("brief")}>
      <div className="brief-head">
        <h2>{t("brief")}</h2>
        <ProgressLine />
      </div>
      <BookingSummary />
      <PrdList />
      {known.length === 0 ? <EmptyBrief /> : <dl className="facts">{known.map((slot) => <FactRow key={slot} slot={slot} fact={facts[slot]} />)}</dl>}
    </aside>
  );
}

function EmptyBrief() {
  const t = useText();
  return (
    <div className="brief-empty">
      <Sparkles size={22} aria-hidden />
      <p>{t("brief_empty")}</p>
    </div>
  );
}

function ProgressLine() {
  const t = useText();
  const progress = useSession((session) => session.progress);
  const service = useSession((session) => session.recommendedService);
  if (!progress) return null;
  const text = t("progress", { known: progress.known, total: progress.total });
  return (
    <div className="progress">
      <div className="progress-text">
        <span id="progress-label">{text}</span>
        {service && (
          <span className="chip chip-service">
            <span className="hidden-text">{t("recommended")} </span>
            {termFor("service", service, t)}
          </span>
        )}
      </div>
      <progress aria-labelledby="progress-label" max={progress.total} value={progress.known} />
    </div>
  );
}

function FactRow({ slot, fact }: { slot: string; fact: FactBody | undefined }) {
  const t = useText();
  const locale = useLocale();
  const show = usePage((page) => page.show);
  const fresh = useSession((session) => session.changedFacts.includes(slot));
  const [quoted, setQuoted] = useState(false);
  if (!fact) return null;
  const name = slotName(slot, t);
  const quotes = quotesOf(fact);
  return (
    <div className={`fact fact-${fact.status} ${fresh ? "fact-fresh" : ""}`} data-slot={slot}>
      <dt>{name}</dt>
      <dd>
        <ul className="fact-values">
          {describe(slot, fact, t, locale).map((text) => (
            <li key={text} className="chip" dir="auto">
              {text}
            </li>
          ))}
        </ul>
        {quoted && quotes.map((quote) => <Quote key={quote} text={quote} />)}
      </dd>
      <dd className="fact-actions">
        {quotes.length > 0 && (
          <Button look="icon" aria-label={t("quote_of", { name })} aria-expanded={quoted} onClick={() => setQuoted(!quoted)}>
            <QuoteIcon size={15} aria-hidden />
          </Button>
        )}
        <Button look="icon" className="fact-edit" aria-label={t("edit_fact", { name })} onClick={() => show({ kind: "fact", slot })}>
          <Pencil size={15} aria-hidden />
        </Button>
      </dd>
    </div>
  );
}

function Quote({ text }: { text: string }) {
  return (
    <q className="fact-quote" dir="auto">
      {text}
    </q>
  );
}
