import { createStore, type StoreApi } from "zustand/vanilla";
import type { ServerEvent } from "../contract";
import type { Status } from "./connection";
import type { OutboxItem } from "./outbox";
import { reduce } from "./reduce";
import type { Credentials } from "./rest";
import { EMPTY, type SessionState } from "./state";
import type { Upload } from "./uploads";

/** What the page draws: the server's word in `session`, and what this browser adds to it. */
export interface ClientState {
  session: SessionState;
  connection: Status;
  outbox: readonly OutboxItem[];
  uploads: readonly Upload[];
  credentials: Credentials | null;
  /** The server's clock minus ours, in milliseconds: countdowns must not trust a visitor's watch. */
  clockSkew: number;
  /** The log up to here was there when the page came: it is not news. */
  historyUpTo: number;
}

export type ClientStore = StoreApi<ClientState>;

export function createClientStore(): ClientStore {
  return createStore<ClientState>(() => ({
    session: EMPTY,
    connection: { is: "idle" },
    outbox: [],
    uploads: [],
    credentials: null,
    clockSkew: 0,
    historyUpTo: 0,
  }));
}

export function apply(store: ClientStore, events: readonly ServerEvent[]): void {
  const session = events.reduce(reduce, store.getState().session);
  if (session !== store.getState().session) store.setState({ session });
}
