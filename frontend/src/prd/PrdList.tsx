import { FileText } from "lucide-react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";

/** The plan's latest version in the brief; the dialog leads to the older ones. */
export function PrdList() {
  const t = useText();
  const prd = useSession((session) => session.prds.at(-1));
  const show = usePage((page) => page.show);
  if (!prd) return null;
  return (
    <Button className="brief-document" onClick={() => show({ kind: "prd", version: prd.version })}>
      <FileText size={18} aria-hidden />
      <span>{t("prd_title")}</span>
      <span className="quiet">{t("prd_version", { version: prd.version })}</span>
    </Button>
  );
}
