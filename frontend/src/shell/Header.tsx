import { ClipboardList, Headset, Minus, X } from "lucide-react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { EMBEDDED, tellHost } from "../widget/frame";
import { Logo } from "./Logo";
import { Menu } from "./Menu";

export function Header() {
  const t = useText();
  const show = usePage((page) => page.show);
  const handedOver = useSession((session) => session.handedOver);
  const known = useSession((session) => session.progress?.known ?? 0);
  return (
    <header className="header">
      <Logo />
      <div className="header-title">
        <h1>{t("app_title")}</h1>
        <p>{t("app_subtitle")}</p>
      </div>
      <Button look="icon" className="header-brief" onClick={() => show({ kind: "brief" })}>
        <span className="hidden-text">{t("show_brief")}</span>
        <ClipboardList size={20} aria-hidden />
        {known > 0 && <span className="header-count">{known}</span>}
      </Button>
      <Button look="icon" className="header-human" disabled={handedOver} aria-label={t("human")} title={t("human")} onClick={() => show({ kind: "human" })}>
        <Headset size={20} aria-hidden />
        <span className="header-human-text">{t("human")}</span>
      </Button>
      <Menu />
      {EMBEDDED && (
        <>
          <Button look="icon" aria-label={t("minimise")} onClick={() => tellHost({ unobot: "minimise" })}>
            <Minus size={20} aria-hidden />
          </Button>
          <Button look="icon" className="header-close" aria-label={t("close")} onClick={() => tellHost({ unobot: "close" })}>
            <X size={20} aria-hidden />
          </Button>
        </>
      )}
    </header>
  );
}
