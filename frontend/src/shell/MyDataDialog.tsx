import { Download, Trash2 } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../app/download";
import { usePage } from "../app/page";
import { useAct, useClientState, useSession } from "../app/visit";
import { Button } from "../design/Button";
import { Dialog } from "../design/Dialog";
import { plainDate } from "../language/dates";
import { useLocale, useText } from "../language/text";
import { authorization } from "../session/rest";

type Holdings = Record<"messages" | "facts" | "files" | "mails", number>;

export function MyDataDialog() {
  const t = useText();
  const act = useAct();
  const show = usePage((page) => page.show);
  const toast = usePage((page) => page.toast);
  const token = useClientState((state) => state.credentials?.token ?? "");
  const [holdings, setHoldings] = useState<Holdings | null>(null);
  const download = async () => {
    const answer = await act({ type: "export_data" });
    const url = answer?.result?.url;
    if (typeof url === "string" && !(await saveFile(url, authorization(token)))) toast("bad", t("offline_action"));
  };
  const ask = async () => {
    const answer = await act({ type: "erase_data", confirm: false });
    if (answer?.result) setHoldings(answer.result as Holdings);
  };
  const erase = async () => {
    if (await act({ type: "erase_data", confirm: true })) show(null);
  };
  return (
    <Dialog title={t("my_data")} onClose={() => show(null)}>
      <div className="stack">
        <p>{t("my_data_text")}</p>
        <Consent />
        <div className="actions">
          <Button onClick={() => void download()}>
            <Download size={16} aria-hidden /> {t("download_data")}
          </Button>
          {!holdings && (
            <Button onClick={() => void ask()}>
              <Trash2 size={16} aria-hidden /> {t("delete_data")}
            </Button>
          )}
        </div>
        {holdings && (
          <div className="alert stack" role="alert">
            <p>{t("delete_question", holdings)}</p>
            <Button look="danger" onClick={() => void erase()}>
              {t("delete_confirm")}
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Consent() {
  const t = useText();
  const locale = useLocale();
  const act = useAct();
  const consent = useSession((session) => session.consent);
  const granted = consent?.granted ?? false;
  return (
    <div className="consent-line">
      <span>{consent?.granted ? t("consent_given", { date: plainDate(consent.recorded_at.slice(0, 10), locale) }) : t("consent_not_given")}</span>
      <Button onClick={() => void act({ type: "set_consent", granted: !granted })}>{t(granted ? "consent_withdraw" : "consent_give")}</Button>
    </div>
  );
}
