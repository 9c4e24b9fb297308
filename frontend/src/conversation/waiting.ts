import { useEffect, useState } from "react";
import { useClientState, useSession } from "../app/visit";
import { awaitsReply } from "../session/state";

const SHOW_AFTER_MS = 250;
const GIVE_UP_AFTER_MS = 30_000;

/** Who seems to be writing: not at once, and not for ever. */
export function useTyping(): "bot" | "staff" | null {
  const staff = useSession((session) => session.typing.staff);
  const bot = useSession((session) => session.typing.bot || awaitsReply(session));
  const drafting = useSession((session) => session.draft !== null);
  const since = useSession((session) => session.lastSeq);
  const live = useClientState((state) => state.connection.is === "live");
  const who = staff ? "staff" : bot && !drafting && live ? "bot" : null;
  return useLater(who, `${who}-${since}`);
}

/** The value from a moment after it came until long after; a new `key` starts anew. */
function useLater<T>(value: T | null, key: string): T | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (value === null) return;
    const show = setTimeout(() => setShown(key), SHOW_AFTER_MS);
    const hide = setTimeout(() => setShown(null), GIVE_UP_AFTER_MS);
    return () => {
      clearTimeout(show);
      clearTimeout(hide);
    };
  }, [value, key]);
  return shown === key ? value : null;
}
