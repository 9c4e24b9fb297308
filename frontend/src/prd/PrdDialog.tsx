import { MessageSquarePlus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import type { PrdGenerated } from "../contract";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
import { type Reading, sectionTitles, useDocument } from "./document";
import { Downloads } from "./Downloads";
import { Feedback } from "./Feedback";
import { Markdown } from "./Markdown";

export function PrdDialog({ version }: { version: number }) {
  const t = useText();
  const show = usePage((page) => page.show);
  const prds = useSession((session) => session.prds);
  const prd = prds.find((one) => one.version === version);
  if (!prd) return null;
  return (
    <Dialog
      wide
      title={t("prd_title")}
      onClose={() => show(null)}
      footer={
        <>
          <Versions prds={prds} chosen={prd} />
          <Downloads url={prd.url} />
        </>
      }
    >
      <Plan prd={prd} />
    </Dialog>
  );
}

function Versions({ prds, chosen }: { prds: readonly PrdGenerated[]; chosen: PrdGenerated }) {
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

function Plan({ prd }: { prd: PrdGenerated }) {
  const reading = useDocument(prd.url);
  const field = useRef<HTMLTextAreaElement>(null);
  const [section, setSection] = useState("");
  const source = reading.is === "read" ? reading.text : "";
  const titles = useMemo(() => new Map([...sectionTitles(source)].filter(([key]) => prd.sections.includes(key))), [source, prd]);
  const comment = (key: string) => {
    setSection(key);
    field.current?.focus();
  };
  return (
    <>
      <Document reading={reading} titles={titles} onComment={comment} />
      <Feedback sections={titles} section={titles.has(section) ? section : ""} onSection={setSection} field={field} />
    </>
  );
}

interface DocumentProps {
  reading: Reading;
  titles: ReadonlyMap<string, string>;
  onComment: (key: string) => void;
}

function Document({ reading, titles, onComment }: DocumentProps) {
  const t = useText();
  if (reading.is === "failed") return <p className="alert" role="alert">{t("prd_failed")}</p>;
  if (reading.is === "loading") return <DocumentSkeleton />;
  const commentOn = (key: string) =>
    titles.has(key) && (
      <Button look="icon" className="prd-comment" aria-label={t("prd_comment", { section: titles.get(key) ?? "" })} title={t("prd_feedback")} onClick={() => onComment(key)}>
        <MessageSquarePlus size={16} aria-hidden />
      </Button>
    );
  return (
    <article className="document" dir="auto">
      <Markdown source={reading.text} above={1} besideSection={commentOn} />
    </article>
  );
}

function DocumentSkeleton() {
  const t = useText();
  return (
    <div role="img" aria-label={t("loading")} className="document-skeleton">
      {[60, 100, 95, 80, 40, 100, 90].map((width, at) => (
        <div key={at} className={`skeleton skeleton-line width-${width}`} />
      ))}
    </div>
  );
}
