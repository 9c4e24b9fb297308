import { useClientState, useSession } from "../app/visit";
import { useText } from "../language/text";
import type { TimelineItem } from "../session/state";
import { useTyping } from "./waiting";

/** The one place that speaks to a screen reader: "typing", then the finished text, once. */
export function Announcer() {
  return (
    <p className="hidden-text" role="status">
      {useAnnouncement()}
    </p>
  );
}

function useAnnouncement(): string {
  const t = useText();
  const typing = useTyping();
  const last = useSession((session) => session.timeline.findLast(isSaid));
  const lastSeq = useSession((session) => session.lastSeq);
  const historyUpTo = useClientState((state) => state.historyUpTo);
  if (typing) return t(typing === "bot" ? "typing_bot" : "typing_staff");
  if (!last || lastSeq <= historyUpTo) return "";
  if (last.kind === "attachment") return t("file_attached", { name: last.attachment.name });
  const { role, content } = last.message;
  return role === "user" ? "" : `${t(role === "staff" ? "staff" : "bot")}: ${content}`;
}

type Said = Extract<TimelineItem, { kind: "message" | "attachment" }>;

function isSaid(item: TimelineItem): item is Said {
  return item.kind === "message" || item.kind === "attachment";
}
