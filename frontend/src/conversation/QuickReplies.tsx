import { useClientState, useOver, useSession, useVisit } from "../app/visit";
import type { QuickReply } from "../contract";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { messagesOf } from "../session/state";
import { askingOf } from "./asking";

/** Buttons for the question that is open; they go as soon as the visitor has answered. */
export function QuickReplies({ onChosen }: { onChosen: () => void }) {
  const t = useText();
  const visit = useVisit();
  const last = useSession((session) => messagesOf(session).at(-1));
  const speaking = useClientState((state) => state.outbox.some((item) => item.label !== null) || state.session.draft !== null);
  const begun = useSession((session) => messagesOf(session).some((message) => message.role === "user"));
  const over = useOver();
  const handedOver = useSession((session) => session.handedOver);
  const { slots, answers, ways } = askingOf(last);
  if (speaking || over || handedOver || (answers.length === 0 && slots.length === 0)) return null;
  const choose = (reply: QuickReply) => {
    visit.choose(reply.label, reply.command);
    onChosen();
  };
  const offered = (type: string) => ways.some((way) => way.command.type === type);
  const questions = begun && slots.some((slot) => slot !== "confirm" && slot !== "anything_else");
  return (
    <div className="quick" role="group" aria-label={t("quick_replies")}>
      {answers.map((reply) => (
        <Button key={reply.label} className="quick-answer" onClick={() => choose(reply)}>
          {reply.label}
        </Button>
      ))}
      {ways.map((reply) => (
        <Button key={reply.label} look="quiet" onClick={() => choose(reply)}>
          {reply.label}
        </Button>
      ))}
      {questions && !offered("ask_back") && (
        <Button look="quiet" onClick={() => visit.say(t("why_ask"))}>
          {t("why_ask")}
        </Button>
      )}
      {questions && !offered("decline") && !offered("unknown") && (
        <Button look="quiet" onClick={() => visit.say(t("skip_text"))}>
          {t("skip")}
        </Button>
      )}
    </div>
  );
}
