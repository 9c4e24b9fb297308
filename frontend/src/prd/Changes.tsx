import { useMemo, useState } from "react";
import { useSession } from "../app/visit";
import type { PrdChange, PrdSection } from "../contract";
import { useText } from "../language/text";
import { DocumentSkeleton } from "./DocumentSkeleton";
import { useDifference } from "./document";
import { compareWords } from "./words";

const KINDS = {
  added: { sign: "+", text: "prd_change_added" },
  removed: { sign: "−", text: "prd_change_removed" },
  changed: { sign: "±", text: "prd_change_changed" },
  relaxed: { sign: "↓", text: "prd_change_relaxed" },
} as const;

interface Props {
  version: number;
  sections: readonly PrdSection[];
}

/** What a version changed of an earlier one, statement by statement: by sign and by name, not by colour alone. */
export function Changes({ version, sections }: Props) {
  const t = useText();
  const prds = useSession((session) => session.prds);
  const earlier = prds.filter((prd) => prd.version < version).map((prd) => prd.version);
  const [before, setBefore] = useState(earlier.at(-1) ?? 0);
  const chosen = earlier.includes(before) ? before : (earlier.at(-1) ?? 0);
  return (
    <div className="changes">
      <label className="field changes-before">
        <span className="field-label">{t("prd_since")}</span>
        <select className="input" value={chosen} onChange={(event) => setBefore(Number(event.target.value))}>
          {earlier.map((one) => (
            <option key={one} value={one}>
              {t("prd_version", { version: one })}
            </option>
          ))}
        </select>
      </label>
      <Difference before={chosen} after={version} sections={sections} />
    </div>
  );
}

function Difference({ before, after, sections }: { before: number; after: number; sections: readonly PrdSection[] }) {
  const t = useText();
  const reading = useDifference(before, after);
  if (reading.is === "failed") return <p className="alert" role="alert">{t("prd_failed")}</p>;
  if (reading.is === "loading") return <DocumentSkeleton />;
  const { changes } = reading.it;
  if (changes.length === 0) return <p className="quiet">{t("prd_no_changes")}</p>;
  return sections
    .map((section) => ({ ...section, changes: changes.filter((change) => change.section === section.key) }))
    .filter((section) => section.changes.length > 0)
    .map((section) => (
      <section key={section.key} className="changes-section">
        <h3 dir="auto">{section.title}</h3>
        <ul>
          {section.changes.map((change, at) => (
            <li key={`${change.id}-${at}`} className={`change change-${change.kind}`}>
              <Change change={change} />
            </li>
          ))}
        </ul>
      </section>
    ));
}

function Change({ change }: { change: PrdChange }) {
  const t = useText();
  const pieces = useMemo(() => compareWords(change.before, change.after), [change]);
  return (
    <>
      <p className="change-head">
        <span className="change-sign">
          <span aria-hidden>{KINDS[change.kind].sign}</span> {t(KINDS[change.kind].text)}
        </span>
        {change.id && <strong>{change.id}</strong>}
      </p>
      <p className="change-text" dir="auto">
        {pieces.map((piece, at) => {
          if (piece.kind === "old") return <del key={at}>{piece.text}</del>;
          return piece.kind === "new" ? <ins key={at}>{piece.text}</ins> : piece.text;
        })}
      </p>
    </>
  );
}
