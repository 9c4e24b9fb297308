import { CircleAlert, Clock3, Paperclip } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { saveFile } from "../app/download";
import { usePage } from "../app/page";
import { useClientState, useOver, useVisit } from "../app/visit";
import { ACCEPTED_FILES, type AttachmentBody } from "../contract";
import { Button } from "../design/Button";
import { clockTime, fileSize } from "../language/dates";
import { refusalText } from "../language/refusals";
import { useLanguage, useLocale, useText } from "../language/text";
import { authorization } from "../session/rest";
import type { Upload } from "../session/uploads";
import { BubbleFrame } from "./Bubble";

const ACCEPT = ACCEPTED_FILES.map((ending) => `.${ending}`).join(",");

/** Opens the browser's picker; what is chosen is on its way at once. */
export function AttachButton() {
  const t = useText();
  const visit = useVisit();
  const closed = useOver();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look="icon" className="composer-attach" aria-label={t("attach")} title={t("attach")} disabled={closed} onClick={() => picker.current?.click()}>
        <Paperclip size={20} aria-hidden />
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={ACCEPT}
        aria-label={t("attach")}
        onChange={({ target }) => {
          Array.from(target.files ?? []).forEach((file) => visit.attach(file));
          target.value = "";
        }}
      />
    </>
  );
}

export function AttachmentCard({ attachment }: { attachment: AttachmentBody }) {
  const t = useText();
  const locale = useLocale();
  const toast = usePage((page) => page.toast);
  const token = useClientState((state) => state.credentials?.token ?? "");
  const download = async () => {
    if (!(await saveFile(attachment.url, authorization(token)))) toast("bad", t("offline_action"));
  };
  return (
    <BubbleFrame mine author={t("you")} time={clockTime(attachment.created_at, locale)} below={<p className="message-state">{t("file_note")}</p>}>
      <FileLine size={attachment.size}>
        <button type="button" className="file-name" title={t("download_file", { name: attachment.name })} onClick={() => void download()}>
          <bdi>{attachment.name}</bdi>
        </button>
      </FileLine>
    </BubbleFrame>
  );
}

/** A file that the log does not show yet. */
export function PendingUpload({ upload }: { upload: Upload }) {
  const t = useText();
  return (
    <BubbleFrame mine author={t("you")} below={<Delivery upload={upload} />}>
      <FileLine size={upload.file.size}>
        <bdi className="file-name">{upload.file.name}</bdi>
      </FileLine>
    </BubbleFrame>
  );
}

function Delivery({ upload }: { upload: Upload }) {
  const t = useText();
  const language = useLanguage();
  const visit = useVisit();
  const live = useClientState((state) => state.connection.is === "live");
  if (!upload.problem) {
    return (
      <p className="message-state">
        <Clock3 size={13} aria-hidden /> {live ? t("sending") : t("waiting_network")}
      </p>
    );
  }
  return (
    <p className="message-problem" role="alert">
      <CircleAlert size={14} aria-hidden /> {refusalText(upload.problem, t, language)}
      {upload.problem.retryable && (
        <Button look="quiet" onClick={() => visit.uploads.retry(upload.id)}>
          {t("retry")}
        </Button>
      )}
      <Button look="quiet" onClick={() => visit.uploads.discard(upload.id)}>
        {t("discard")}
      </Button>
    </p>
  );
}

function FileLine({ size, children }: { size: number; children: ReactNode }) {
  const locale = useLocale();
  return (
    <span className="file">
      <Paperclip size={16} aria-hidden />
      {children}
      <span className="file-size">{fileSize(size, locale)}</span>
    </span>
  );
}
