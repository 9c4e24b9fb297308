import { Download, ExternalLink } from "lucide-react";
import { useState } from "react";
import { saveFile } from "../app/download";
import { usePage } from "../app/page";
import { Button } from "../design/Button";
import { useText } from "../language/text";

const FILES = { pdf: "PDF", docx: "Word", md: "Markdown" } as const;
type Format = keyof typeof FILES;

/** The document in the formats that the server writes; one that it cannot write is told, not saved. */
export function Downloads({ url }: { url: string }) {
  const t = useText();
  const toast = usePage((page) => page.toast);
  const [preparing, setPreparing] = useState<Format | null>(null);
  const take = async (format: Format) => {
    setPreparing(format);
    if (!(await saveFile(`${url}/${format}`))) toast("bad", t("prd_format_failed", { format: FILES[format] }));
    setPreparing(null);
  };
  return (
    <div className="prd-downloads" role="group" aria-label={t("prd_download")}>
      <a className="button button-quiet" href={`${url}/html`} target="_blank" rel="noopener">
        <ExternalLink size={16} aria-hidden /> {t("prd_open_page")}
      </a>
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
