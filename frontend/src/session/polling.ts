import type { ClientCommand, Connected } from "../contract";
import { Refused, type Rest } from "./rest";
import type { Listener, OpenTransport, Position } from "./transport";

const WAIT_SECONDS = 20;
const FORBIDDEN_OR_GONE = [401, 403, 404, 410];
const ONLY_ON_SOCKETS = ["join_session", "ping", "typing"];

export function pollingTransport(rest: Rest): OpenTransport {
  return (position, listener) => {
    const stop = new AbortController();
    const guarded = guard(listener, stop);
    void poll(rest, position, guarded, stop);
    return { kind: "polling", send: (command) => void post(rest, position(), command, guarded), close: () => stop.abort() };
  };
}

/** Speaks to the listener until the first close, and never after. */
function guard(listener: Listener, stop: AbortController): Listener {
  return {
    onFrame: (frame) => {
      if (!stop.signal.aborted) listener.onFrame(frame);
    },
    onClose: (reason) => {
      if (stop.signal.aborted) return;
      stop.abort();
      listener.onClose(reason);
    },
  };
}

async function poll(rest: Rest, position: () => Position, listener: Listener, stop: AbortController): Promise<void> {
  try {
    const missed = await rest.readLog(position(), 0, stop.signal);
    listener.onFrame(connected(position()));
    missed.forEach((event) => listener.onFrame(event));
    while (!stop.signal.aborted) {
      const news = await rest.readLog(position(), WAIT_SECONDS, stop.signal);
      news.forEach((event) => listener.onFrame(event));
    }
  } catch (error) {
    listener.onClose(closeReason(error));
  }
}

async function post(rest: Rest, at: Position, command: ClientCommand, listener: Listener): Promise<void> {
  if (ONLY_ON_SOCKETS.includes(command.type)) return;
  try {
    listener.onFrame(await rest.command(at, command));
  } catch (error) {
    listener.onClose(closeReason(error));
  }
}

function closeReason(error: unknown): "lost" | "refused" {
  return error instanceof Refused && FORBIDDEN_OR_GONE.includes(error.status) ? "refused" : "lost";
}

function connected(position: Position): Connected {
  return {
    type: "connected",
    session_id: position.sessionId,
    connection_id: "polling",
    last_seq: position.lastSeq,
    server_time: new Date().toISOString(),
    limits: { max_content: 4000, max_frame_bytes: 32_768, ping_interval_ms: 15_000 },
  };
}
