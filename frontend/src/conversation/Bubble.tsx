import { ThumbsDown, ThumbsUp } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useAct, useSession, useVisit } from "../app/visit";
import type { MessageBody } from "../contract";
import { Button } from "../design/Button";
import { clockTime } from "../language/dates";
import { useLocale, useText } from "../language/text";
import { Markdown } from "../prd/Markdown";
import { languageOf } from "./asking";

interface FrameProps {
  mine: boolean;
  author: string;
  time?: string;
  language?: string | undefined;
  children: ReactNode;
  below?: ReactNode;
  busy?: boolean;
}

export function BubbleFrame({ mine, author, time, language, children, below, busy = false }: FrameProps) {
  return (
    <article className={`message ${mine ? "message-mine" : "message-theirs"}`} aria-busy={busy}>
      <p className="message-by">
        <span>{author}</span>
        {time && <time>{time}</time>}
      </p>
      <div className="bubble" lang={language} dir="auto">
        {children}
      </div>
      {below && <div className="message-below">{below}</div>}
    </article>
  );
}

export function Bubble({ message, latest }: { message: MessageBody; latest: boolean }) {
  const t = useText();
  const locale = useLocale();
  const author = { user: t("you"), assistant: t("bot"), staff: t("staff") }[message.role];
  const mine = message.role === "user";
  const below = mine ? <FailedTurn message={message} /> : latest && message.role === "assistant" && <Feedback messageId={message.id} />;
  return (
    <BubbleFrame mine={mine} author={author} time={clockTime(message.created_at, locale)} language={languageOf(message)} below={below}>
      {mine ? <p className="plain">{message.content}</p> : <Markdown source={message.content} above={3} />}
    </BubbleFrame>
  );
}

function FailedTurn({ message }: { message: MessageBody }) {
  const t = useText();
  const visit = useVisit();
  const retryable = useSession((session) => session.failedTurns[message.id]);
  if (retryable === undefined) return null;
  return (
    <p className="message-problem" role="alert">
      {t("turn_failed")}
      {retryable && (
        <Button look="quiet" onClick={() => visit.say(message.content)}>
          {t("ask_again")}
        </Button>
      )}
    </p>
  );
}

function Feedback({ messageId }: { messageId: string }) {
  const t = useText();
  const act = useAct();
  const [given, setGiven] = useState(0);
  const rate = (rating: 1 | -1) => {
    setGiven(rating);
    void act({ type: "give_feedback", message_id: messageId, rating });
  };
  return (
    <div className="feedback">
      <Button look="icon" aria-label={t("helpful")} aria-pressed={given === 1} onClick={() => rate(1)}>
        <ThumbsUp size={15} aria-hidden />
      </Button>
      <Button look="icon" aria-label={t("not_helpful")} aria-pressed={given === -1} onClick={() => rate(-1)}>
        <ThumbsDown size={15} aria-hidden />
      </Button>
    </div>
  );
}
