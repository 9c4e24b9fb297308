import { FileText, Users } from "lucide-react";
import { useEffect, useState } from "react";
import { useAct, useSession } from "../app/visit";
import { askingOf } from "../conversation/asking";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import type { NewAction } from "../session/client";
import { messagesOf } from "../session/state";
import { slotName } from "./facts";

const OFFER_AFTER_MS = 5_000;

/** The one thing worth doing next that no message offers: the plan when it is ready, experts after the plan. */
export function NextStep() {
  const ready = useSession((session) => session.prdReady);
  const writing = useSession((session) => session.prdProgress);
  const written = useSession((session) => session.prds.length > 0);
  const matched = useSession((session) => session.matched !== null);
  const offered = useSession((session) => askingOf(messagesOf(session).at(-1)).answers.length > 0);
  if (writing) return <Writing done={writing.done} total={writing.total} section={writing.section} />;
  if (ready && !written) return <PlanSoon key={ready.seq} missing={ready.missing} />;
  return written && !matched && !offered ? <FindExperts /> : null;
}

/** The plan is usually on its way by itself; only when it does not come, it is offered. */
function PlanSoon({ missing }: { missing: string[] }) {
  const t = useText();
  const [busy, run] = useBusy();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), OFFER_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return <Writing />;
  return (
    <section className="card next-step">
      <h3>{t("prd_ready_title")}</h3>
      {missing.length > 0 && <p>{t("prd_missing", { slots: missing.map((slot) => slotName(slot, t)).join(", ") })}</p>}
      <Button look="primary" disabled={busy} onClick={() => run({ type: "generate_prd" })}>
        <FileText size={18} aria-hidden /> {t("prd_make")}
      </Button>
    </section>
  );
}

function FindExperts() {
  const t = useText();
  const [busy, run] = useBusy();
  return (
    <section className="next-step">
      <Button look="primary" disabled={busy} onClick={() => run({ type: "match_experts" })}>
        <Users size={18} aria-hidden /> {t("experts_find")}
      </Button>
    </section>
  );
}

/** Runs one action at a time; a second press while it is under way does nothing. */
function useBusy(): [boolean, (action: NewAction) => void] {
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const run = (action: NewAction) => {
    setBusy(true);
    void act(action).finally(() => setBusy(false));
  };
  return [busy, run];
}

function Writing({ done, total, section }: { done?: number; total?: number; section?: string }) {
  const t = useText();
  return (
    <section className="card next-step">
      <h3 id="writing">{t("prd_writing")}</h3>
      <progress aria-labelledby="writing" max={total} value={done} />
      {section && <p className="quiet">{section}</p>}
    </section>
  );
}
