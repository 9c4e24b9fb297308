import type { ServerEvent } from "../contract";
import type { Listener, OpenTransport } from "./transport";

const NO_OR_WRONG_TOKEN = 4401;

export function socketTransport(url: string): OpenTransport {
  return (position, listener) => {
    const socket = new WebSocket(url);
    let over = false;
    socket.onopen = () => {
      const { sessionId, token, lastSeq } = position();
      socket.send(JSON.stringify({ type: "join_session", session_id: sessionId, token, last_seq: lastSeq }));
    };
    socket.onmessage = (message) => {
      if (!over) receive(String(message.data), listener);
    };
    socket.onclose = (event) => {
      if (over) return;
      over = true;
      listener.onClose(event.code === NO_OR_WRONG_TOKEN ? "refused" : "lost");
    };
    return {
      kind: "socket",
      send: (command) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
      },
      close: () => {
        over = true;
        socket.close(1000);
      },
    };
  };
}

function receive(text: string, listener: Listener): void {
  listener.onFrame(JSON.parse(text) as ServerEvent);
}
