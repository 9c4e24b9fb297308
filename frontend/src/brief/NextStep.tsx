import { FileText, Users } from "lucide-react";
import { useState } from "react";
import { useAct, useSession } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import type { NewAction } from "../session/client";
import { slotName } from "./facts";

/** The one thing worth doing next that no message offers: the plan when it is ready, experts after the plan. */
export function NextStep() {
  const t = useText();
  const [busy, run] = useBusy();
  const ready = useSession((session) => session.prdReady);
  const writing = useSession((session) => session.prdProgress);
  const written = useSession((session) => session.prds.length > 0);
  const matched = useSession((session) => session.matched !== null);
  if (writing) return <Writing done={writing.done} total={writing.total} section={writing.section} />;
  if (ready && !written) {
    return (
      <section className="card next-step">
        <h3>{t("prd_ready_title")}</h3>
        {ready.missing.length > 0 && <p>{t("prd_missing", { slots: ready.missing.map((slot) => slotName(slot, t)).join(", ") })}</p>}
        <Button look="primary" disabled={busy} onClick={() => run({ type: "generate_prd" })}>
          <FileText size={18} aria-hidden /> {t("prd_make")}
        </Button>
      </section>
    );
  }
  if (!written || matched) return null;
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

function Writing({ done, total, section }: { done: number; total: number; section: string }) {
  const t = useText();
  return (
    <section className="card next-step">
      <h3 id="writing">{t("prd_writing")}</h3>
      <progress aria-labelledby="writing" max={total} value={done} />
      <p className="quiet">{section}</p>
    </section>
  );
}
