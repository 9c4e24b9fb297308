import { useState } from "react";
import { usePage } from "../app/page";
import { useAct, useVisit } from "../app/visit";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";

export function StartOverDialog() {
  const t = useText();
  const visit = useVisit();
  const show = usePage((page) => page.show);
  const startOver = () => {
    show(null);
    void visit.startOver();
  };
  return (
    <Dialog
      title={t("start_over")}
      onClose={() => show(null)}
      footer={
        <>
          <Button onClick={() => show(null)}>{t("cancel")}</Button>
          <Button look="primary" onClick={startOver}>
            {t("start_new")}
          </Button>
        </>
      }
    >
      <p>{t("start_over_question")}</p>
    </Dialog>
  );
}

export function HumanDialog() {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const toast = usePage((page) => page.toast);
  const [reason, setReason] = useState("");
  const ask = async () => {
    if (!(await act({ type: "request_human", reason: reason.trim() || null }))) return;
    toast("good", t("human_asked"));
    show(null);
  };
  return (
    <Dialog
      title={t("human")}
      onClose={() => show(null)}
      footer={
        <>
          <Button onClick={() => show(null)}>{t("cancel")}</Button>
          <Button look="primary" onClick={() => void ask()}>
            {t("human")}
          </Button>
        </>
      }
    >
      <label className="field">
        <span>{t("human_question")}</span>
        <textarea className="input" rows={3} maxLength={2000} value={reason} dir="auto" onChange={(event) => setReason(event.target.value)} />
      </label>
    </Dialog>
  );
}
