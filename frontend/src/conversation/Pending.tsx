import { CircleAlert, Clock3 } from "lucide-react";
import { useClientState, useVisit } from "../app/visit";
import { Button } from "../design/Button";
import { refusalText } from "../language/refusals";
import { useLanguage, useText } from "../language/text";
import type { OutboxItem } from "../session/outbox";
import { BubbleFrame } from "./Bubble";

/** What the visitor said and the log does not show yet. */
export function Pending({ item }: { item: OutboxItem }) {
  const t = useText();
  return (
    <BubbleFrame mine author={t("you")} below={<Delivery item={item} />}>
      <p className="plain">{item.label}</p>
    </BubbleFrame>
  );
}

function Delivery({ item }: { item: OutboxItem }) {
  const t = useText();
  const language = useLanguage();
  const visit = useVisit();
  const live = useClientState((state) => state.connection.is === "live");
  if (item.status !== "failed") {
    return (
      <p className="message-state">
        <Clock3 size={13} aria-hidden /> {live ? t("sending") : t("waiting_network")}
      </p>
    );
  }
  return (
    <p className="message-problem" role="alert">
      <CircleAlert size={14} aria-hidden /> {t("not_sent")}{item.problem && <span>{refusalText(item.problem, t, language)}</span>}
      <Button look="quiet" onClick={() => visit.retry(item.command.id)}>
        {t("retry")}
      </Button>
      <Button look="quiet" onClick={() => visit.discard(item.command.id)}>
        {t("discard")}
      </Button>
    </p>
  );
}
