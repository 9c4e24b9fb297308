import { Download } from "lucide-react";
import { useEffect, useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import type { PrdGenerated } from "../contract";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";
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
          <a className="button button-primary" href={prd.url} download={prd.filename}>
            <Download size={16} aria-hidden /> {t("prd_download")}
          </a>
        </>
      }
    >
      <Document key={prd.version} url={prd.url} />
      <Feedback prd={prd} />
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

function Document({ url }: { url: string }) {
  const t = useText();
  const [text, setText] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    readText(url, stop.signal).then(setText, () => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, [url]);
  if (failed) return <p className="alert" role="alert">{t("prd_failed")}</p>;
  if (text === null) return <DocumentSkeleton />;
  return (
    <article className="document" dir="auto">
      <Markdown source={text} above={1} />
    </article>
  );
}

async function readText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`the document answered ${response.status}`);
  return response.text();
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

function Feedback({ prd }: { prd: PrdGenerated }) {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const [feedback, setFeedback] = useState("");
  const [section, setSection] = useState("");
  const send = async () => {
    const wish = { feedback: feedback.trim() || null, sections: section ? [section] : null };
    if (await act({ type: "generate_prd", ...wish })) show(null);
  };
  return (
    <form
      className="prd-feedback"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label className="field">
        <span className="field-label">{t("prd_feedback")}</span>
        <textarea className="input" rows={2} maxLength={2000} value={feedback} dir="auto" onChange={(event) => setFeedback(event.target.value)} />
      </label>
      <div className="field-row">
        <label className="field">
          <span className="field-label">{t("prd_feedback_section")}</span>
          <select className="input" value={section} onChange={(event) => setSection(event.target.value)}>
            <option value="">{t("prd_whole")}</option>
            {prd.sections.map((key) => (
              <option key={key} value={key}>
                {key.replaceAll("_", " ")}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" disabled={!feedback.trim()}>
          {t("prd_again")}
        </Button>
      </div>
    </form>
  );
}
