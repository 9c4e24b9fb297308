import { type FormEvent, useState } from "react";
import { usePage } from "../app/page";
import { useAct, useSession } from "../app/visit";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { useText } from "../language/text";

const FORM = "elsewhere";

/** Asks for the mail with the link that opens this conversation on another device. */
export function ElsewhereDialog() {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const toast = usePage((page) => page.toast);
  const known = useSession((session) => session.facts.email?.value);
  const [email, setEmail] = useState(typeof known === "string" ? known : "");
  const [sending, setSending] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    const answer = await act({ type: "send_resume_link", email: email.trim() });
    setSending(false);
    if (!answer) return;
    toast("good", t("elsewhere_sent", { email: email.trim() }));
    show(null);
  };
  return (
    <Dialog
      title={t("elsewhere")}
      onClose={() => show(null)}
      footer={
        <>
          <Button onClick={() => show(null)}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={FORM} disabled={sending}>
            {t("elsewhere_send")}
          </Button>
        </>
      }
    >
      <form id={FORM} className="stack" onSubmit={(event) => void send(event)}>
        <p>{t("elsewhere_text")}</p>
        <label className="field">
          <span className="field-label">{t("field_email")}</span>
          <input
            className="input"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            dir="ltr"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </label>
      </form>
    </Dialog>
  );
}
