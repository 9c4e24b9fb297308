import { createContext, useCallback, useContext } from "react";
import { useStore } from "zustand";
import type { NewAction, SessionClient } from "../session/client";
import type { SessionState } from "../session/state";
import type { Ack } from "../contract";
import type { ClientState } from "../session/store";
import { usePage } from "./page";

export const VisitContext = createContext<SessionClient | null>(null);

export function useVisit(): SessionClient {
  const client = useContext(VisitContext);
  if (!client) throw new Error("there is no visit around this component");
  return client;
}

export function useClientState<T>(select: (state: ClientState) => T): T {
  return useStore(useVisit().store, select);
}

export function useSession<T>(select: (session: SessionState) => T): T {
  return useClientState((state) => select(state.session));
}

/** The server does not open the conversation, and this page has nothing of it. */
export function isShut({ connection, session }: ClientState): boolean {
  return connection.is === "refused" && session.timeline.length === 0;
}

/** Nothing can be said here any more: it was erased, or the server opens it to us no longer. */
export function useOver(): boolean {
  return useClientState((state) => state.session.closed || state.connection.is === "refused");
}

/** Does something and says so when it was refused; resolves with the acknowledgement, or null. */
export function useAct(): (action: NewAction) => Promise<Ack | null> {
  const visit = useVisit();
  const toast = usePage((page) => page.toast);
  return useCallback(
    async (action) => {
      const answer = await visit.perform(action);
      if (answer.type === "ack") return answer;
      toast("bad", answer);
      return null;
    },
    [visit, toast],
  );
}
