import { Link2 } from "lucide-react";
import { useRef } from "react";
import { usePage } from "../app/page";
import { useAct } from "../app/visit";
import { Button } from "../design/Button";
import { plainDate } from "../language/dates";
import { useLocale, useText } from "../language/text";
import type { Prd } from "../session/state";
import { useVersion } from "./document";

/** The link that opens a version to whoever has it: shown, copied, closed, made anew. */
export function Sharing({ prd }: { prd: Prd }) {
  const t = useText();
  return (
    <details className="prd-fold">
      <summary>
        <Link2 size={16} aria-hidden /> {t("prd_share")}
      </summary>
      {prd.url ? <OpenLink version={prd.version} url={prd.url} /> : <NoLink version={prd.version} />}
    </details>
  );
}

function OpenLink({ version, url }: { version: number; url: string }) {
  const t = useText();
  const act = useAct();
  const locale = useLocale();
  const toast = usePage((page) => page.toast);
  const field = useRef<HTMLInputElement>(null);
  const link = useVersion(version, url)?.link;
  const copy = async () => {
    field.current?.select();
    // Without a secure context there is no clipboard: the link is selected, and copied by hand.
    await navigator.clipboard?.writeText(field.current?.value ?? "");
    if (navigator.clipboard) toast("good", t("prd_share_copied"));
  };
  return (
    <div className="prd-link">
      <p className="quiet">{t("prd_share_about", { version })}</p>
      <input ref={field} className="input" readOnly dir="ltr" aria-label={t("prd_share_link")} value={`${location.origin}${url}/html`} />
      <div className="actions">
        <Button look="primary" onClick={() => void copy()}>
          {t("prd_share_copy")}
        </Button>
        <Button onClick={() => void act({ type: "unshare_prd", version })}>{t("prd_share_close")}</Button>
      </div>
      {link && <p className="quiet">{t("prd_share_state", { date: plainDate(link.expires_at.slice(0, 10), locale), count: link.downloads })}</p>}
    </div>
  );
}

function NoLink({ version }: { version: number }) {
  const t = useText();
  const act = useAct();
  return (
    <div className="prd-link">
      <p className="quiet">{t("prd_share_none")}</p>
      <div className="actions">
        <Button onClick={() => void act({ type: "share_prd", version })}>{t("prd_share_new")}</Button>
      </div>
    </div>
  );
}
