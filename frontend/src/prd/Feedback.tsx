import type { RefObject } from "react";
import { useState } from "react";
import { usePage } from "../app/page";
import { useAct } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";

interface Props {
  /** Title by key, in the order of the document. */
  sections: ReadonlyMap<string, string>;
  /** The section that the wish is about; empty for the whole plan. */
  section: string;
  onSection: (key: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** Asks for a new version; what is said is kept as a message that the next document can cite. */
export function Feedback({ sections, section, onSection, field }: Props) {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const toast = usePage((page) => page.toast);
  const [feedback, setFeedback] = useState("");
  const send = async () => {
    const wish = { feedback: feedback.trim(), sections: section ? [section] : null };
    if (!(await act({ type: "generate_prd", ...wish }))) return;
    toast("good", t("prd_feedback_sent"));
    show(null);
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
        <textarea ref={field} className="input" rows={2} maxLength={2000} value={feedback} dir="auto" onChange={(event) => setFeedback(event.target.value)} />
      </label>
      <div className="field-row">
        <label className="field">
          <span className="field-label">{t("prd_feedback_section")}</span>
          <select className="input" value={section} onChange={(event) => onSection(event.target.value)}>
            <option value="">{t("prd_whole")}</option>
            {[...sections].map(([key, title]) => (
              <option key={key} value={key}>
                {title}
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
