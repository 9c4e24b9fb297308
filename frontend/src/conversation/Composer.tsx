import { ArrowUp, Square } from "lucide-react";
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { storage } from "../app/preferences";
import { useAct, useOver, useSession, useVisit } from "../app/visit";
import { MAX_CONTENT } from "../contract";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { awaitsReply, messagesOf } from "../session/state";
import { askingOf, inputHints } from "./asking";
import { AttachButton } from "./Attachment";

const DRAFT = "draft";
const SAY_TYPING_EVERY_MS = 3_000;
const WARN_BELOW = 300;

export function Composer({ field, onSent }: { field: RefObject<HTMLTextAreaElement | null>; onSent: () => void }) {
  const t = useText();
  const visit = useVisit();
  const closed = useOver();
  const last = useSession((session) => messagesOf(session).at(-1));
  const [text, setText] = useState(storage.get(DRAFT) ?? "");
  const typed = useRef(0);
  const left = MAX_CONTENT - text.length;

  const write = (value: string) => {
    setText(value);
    storage.set(DRAFT, value);
    if (Date.now() - typed.current < SAY_TYPING_EVERY_MS) return;
    typed.current = Date.now();
    visit.typing();
  };
  const send = () => {
    const content = text.trim();
    if (!content || left < 0) return;
    visit.say(content);
    write("");
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends an input method's composition chooses a word; it does not send.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer-box">
        <AttachButton />
        <textarea
          ref={field}
          id="composer"
          className="composer-field"
          rows={1}
          dir={text ? "auto" : undefined}
          aria-label={t("composer_label")}
          placeholder={t("composer_placeholder")}
          enterKeyHint="send"
          disabled={closed}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          {...inputHints(askingOf(last).slots)}
        />
        <StopOrSend empty={!text.trim() || left < 0 || closed} />
      </div>
      {left < WARN_BELOW && (
        <p className={left < 0 ? "field-error composer-note" : "composer-note"} role={left < 0 ? "alert" : undefined}>
          {t("characters_left", { count: left })}
        </p>
      )}
    </form>
  );
}

function StopOrSend({ empty }: { empty: boolean }) {
  const t = useText();
  const act = useAct();
  const answering = useSession((session) => awaitsReply(session) || session.draft !== null);
  if (empty && answering) {
    return (
      <Button look="icon" className="composer-send" aria-label={t("stop")} onClick={() => void act({ type: "stop_reply" })}>
        <Square size={16} aria-hidden />
      </Button>
    );
  }
  return (
    <button type="submit" className="button button-primary composer-send" aria-label={t("send")} disabled={empty}>
      <ArrowUp size={20} aria-hidden />
    </button>
  );
}
