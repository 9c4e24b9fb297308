import { Download, Eye, FileText } from "lucide-react";
import { usePage } from "../app/page";
import { useSession } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { Markdown } from "./Markdown";
import { Status } from "./Status";

export function PrdCard({ version }: { version: number }) {
  const t = useText();
  const show = usePage((page) => page.show);
  const prd = useSession((session) => session.prds.find((one) => one.version === version));
  if (!prd) return null;
  return (
    <article className="card prd-card">
      <div className="card-head">
        <span className="card-icon">
          <FileText size={22} aria-hidden />
        </span>
        <div>
          <h3>{t("prd_title")}</h3>
          <p className="quiet">
            {prd.filename} · {t("prd_version", { version: prd.version })}
          </p>
          <Status status={prd.status} />
        </div>
      </div>
      <div className="prd-snippet" dir="auto">
        <Markdown source={prd.preview_text} above={4} />
      </div>
      <div className="actions">
        <Button look="primary" onClick={() => show({ kind: "prd", version: prd.version })}>
          <Eye size={16} aria-hidden /> {t("prd_preview")}
        </Button>
        {prd.url && (
          <a className="button button-secondary" href={prd.url} download={prd.filename}>
            <Download size={16} aria-hidden /> {t("prd_download")}
          </a>
        )}
      </div>
    </article>
  );
}
