import { useEffect } from "react";
import { useClientState, useSession } from "../app/visit";
import { messagesOf } from "../session/state";
import { type FromFrame, isOurs, type ToFrame } from "./messages";

/** The origin of the site around us; empty on the full page. Another site that lies about it hears nothing. */
export const HOST = window.parent === window ? "" : (new URLSearchParams(window.location.search).get("host") ?? "");
export const EMBEDDED = HOST !== "";

export function tellHost(message: FromFrame): void {
  if (EMBEDDED) window.parent.postMessage(message, HOST);
}

/** Keeps the site's launcher informed, and takes the keyboard when it opens us. */
export function useHost(): void {
  const last = useSession((session) => messagesOf(session).at(-1));
  const news = useClientState((state) => state.session.lastSeq > state.historyUpTo);
  useEffect(() => {
    if (news && last && last.role !== "user") tellHost({ unobot: "message" });
  }, [news, last]);
  useEffect(() => {
    if (!EMBEDDED) return;
    const hear = (event: MessageEvent) => {
      if (event.source !== window.parent || event.origin !== HOST || !isOurs(event.data)) return;
      if ((event.data as ToFrame).unobot === "shown") document.getElementById("composer")?.focus();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) tellHost({ unobot: "minimise" });
    };
    window.addEventListener("message", hear);
    tellHost({ unobot: "ready" });
    window.addEventListener("keydown", escape);
    return () => {
      window.removeEventListener("message", hear);
      window.removeEventListener("keydown", escape);
    };
  }, []);
}
