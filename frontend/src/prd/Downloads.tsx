import { Download, ExternalLink } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../app/download";
import { usePage } from "../app/page";
import { useClientState } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { authorization } from "../session/rest";
import type { Prd } from "../session/state";

const FILES = { pdf: "PDF", docx: "Word", md: "Markdown", html: "HTML" } as const;
type Format = keyof typeof FILES;

/** The document in the formats that the server writes, with or without a link; one that it cannot write is told. */
export function Downloads({ prd }: { prd: Prd }) {
  const t = useText();
  const own = useClientState((state) => state.credentials);
  const toast = usePage((page) => page.toast);
  const [preparing, setPreparing] = useState<Format | null>(null);
  const take = async (format: Format) => {
    setPreparing(format);
    const url = `/api/v1/sessions/${own?.sessionId}/prd/${prd.version}/${format}`;
    if (!(await saveFile(url, authorization(own?.token ?? "")))) toast("bad", t("prd_format_failed", { format: FILES[format] }));
    setPreparing(null);
  };
  return (
    <div className="prd-downloads" role="group" aria-label={t("prd_download")}>
      {prd.url && (
        <a className="button button-quiet" href={`${prd.url}/html`} target="_blank" rel="noopener">
          <ExternalLink size={16} aria-hidden /> {t("prd_open_page")}
        </a>
      )}
      {(Object.keys(FILES) as Format[]).map((format) => (
        <Button
          key={format}
          look={format === "pdf" ? "primary" : "secondary"}
          aria-label={t("prd_download_as", { format: FILES[format] })}
          aria-busy={preparing === format}
          disabled={preparing !== null}
          onClick={() => void take(format)}
        >
          <Download size={16} aria-hidden /> {FILES[format]}
        </Button>
      ))}
    </div>
  );
}
