import { Check, MessageSquarePlus } from "lucide-react";
import { useRef, useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import type { PrdDocument } from "../contract";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
import type { Prd } from "../session/state";
import { Changes } from "./Changes";
import { useDocument } from "./document";
import { DocumentSkeleton } from "./DocumentSkeleton";
import { Downloads } from "./Downloads";
import { Feedback } from "./Feedback";
import { Hints } from "./Hints";
import { Markdown } from "./Markdown";
import { Sharing } from "./Sharing";
import { Status } from "./Status";

type View = "document" | "changes";

export function PrdDialog({ version }: { version: number }) {
  const t = useText();
  const show = usePage((page) => page.show);
  const prds = useSession((session) => session.prds);
  const [view, setView] = useState<View>("document");
  const prd = prds.find((one) => one.version === version);
  if (!prd) return null;
  const first = prds[0]?.version === version;
  return (
    <Dialog wide title={t("prd_title")} onClose={() => show(null)} footer={<Downloads prd={prd} />}>
      <div className="prd-bar">
        <Versions prds={prds} chosen={prd} />
        <Status status={prd.status} />
        {prd.author === "staff" && <span className="quiet">{t("prd_by_staff")}</span>}
        {prds.length > 1 && <Views view={first ? "document" : view} first={first} onView={setView} />}
        <Approve prd={prd} />
      </div>
      <Plan prd={prd} view={first ? "document" : view} />
    </Dialog>
  );
}

function Versions({ prds, chosen }: { prds: readonly Prd[]; chosen: Prd }) {
  const t = useText();
  const show = usePage((page) => page.show);
  if (prds.length < 2) return null;
  return (
    <select className="input version" aria-label={t("prd_older")} value={chosen.version} onChange={(event) => show({ kind: "prd", version: Number(event.target.value) })}>
      {prds.map((prd) => (
        <option key={prd.version} value={prd.version}>
          {t("prd_version", { version: prd.version })}
        </option>
      ))}
    </select>
  );
}

function Views({ view, first, onView }: { view: View; first: boolean; onView: (view: View) => void }) {
  const t = useText();
  return (
    <div className="prd-views" role="group" aria-label={t("prd_view")}>
      <Button aria-pressed={view === "document"} onClick={() => onView("document")}>
        {t("prd_view_document")}
      </Button>
      <Button aria-pressed={view === "changes"} disabled={first} onClick={() => onView("changes")}>
        {t("prd_view_changes")}
      </Button>
    </div>
  );
}

function Approve({ prd }: { prd: Prd }) {
  const t = useText();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  if (prd.status === "approved") return null;
  const approve = async () => {
    setBusy(true);
    await act({ type: "approve_prd", version: prd.version });
    setBusy(false);
  };
  return (
    <Button look="primary" className="prd-approve" disabled={busy} onClick={() => void approve()}>
      <Check size={16} aria-hidden /> {t("prd_approve", { version: prd.version })}
    </Button>
  );
}

function Plan({ prd, view }: { prd: Prd; view: View }) {
  const t = useText();
  const reading = useDocument(prd.version);
  if (reading.is === "failed") return <p className="alert" role="alert">{t("prd_failed")}</p>;
  if (reading.is === "loading") return <DocumentSkeleton />;
  if (view === "changes") return <Changes version={prd.version} sections={reading.it.sections} />;
  return <Document prd={prd} document={reading.it} />;
}

/** The text with a comment button beside each section that can be written anew. */
function Document({ prd, document }: { prd: Prd; document: PrdDocument }) {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  const [section, setSection] = useState("");
  const titles = new Map(document.sections.map(({ key, title }) => [key, title]));
  const comment = (key: string) => {
    setSection(key);
    field.current?.focus();
  };
  const commentOn = (key: string) => (
    <Button look="icon" className="prd-comment" aria-label={t("prd_comment", { section: titles.get(key) ?? "" })} title={t("prd_feedback")} onClick={() => comment(key)}>
      <MessageSquarePlus size={16} aria-hidden />
    </Button>
  );
  return (
    <>
      <div className="prd-folds">
        <Hints hints={document.hints} />
        <Sharing prd={prd} />
      </div>
      <article className="document" dir="auto" lang={document.language}>
        <Markdown source={document.markdown} above={1} besideSection={commentOn} />
      </article>
      <Feedback sections={titles} section={titles.has(section) ? section : ""} onSection={setSection} field={field} />
    </>
  );
}
