import { useClientState, useSession } from "../app/visit";
import { useText } from "../language/text";
import { messagesOf } from "../session/state";
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
  const last = useSession((session) => messagesOf(session).at(-1));
  const lastSeq = useSession((session) => session.lastSeq);
  const historyUpTo = useClientState((state) => state.historyUpTo);
  if (typing) return t(typing === "bot" ? "typing_bot" : "typing_staff");
  if (!last || last.role === "user" || lastSeq <= historyUpTo) return "";
  return `${t(last.role === "staff" ? "staff" : "bot")}: ${last.content}`;
}
