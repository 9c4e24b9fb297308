"""Socket.IO clients on the same socket: Engine.IO 4 and Socket.IO 5 over the WebSocket transport.

An event's name is the frame's ``type`` and its payload the rest; a callback gets the answer to its command. See
https://socket.io/docs/v4/engine-io-protocol/ and https://socket.io/docs/v4/socket-io-protocol/.
"""

import asyncio
import re
import uuid
from typing import Any

import msgspec

from chat import dispatch, errors
from chat.consumers import SessionConsumer
from chat.contract import Action, ClientCommand, GetAvailability, tag

OPEN, CLOSE, PING, PONG, MESSAGE = "0", "1", "2", "3", "4"
CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = "0", "1", "2", "3", "4"
PING_INTERVAL_SECONDS, PING_TIMEOUT_SECONDS = 25, 20
NAMESPACES = ("/", "/ws")
WITH_ID = {tag(command) for command in ClientCommand.__args__ if issubclass(command, Action | GetAvailability)}

_packet = re.compile(r"(?P<kind>\d)(?:(?P<namespace>/[^,]*),)?(?P<ack>\d+)?(?P<data>.*)", re.DOTALL)
_event = msgspec.json.Decoder(list[Any])


class SocketIOConsumer(SessionConsumer):
    """Translates packets to frames and back; everything else is the session's socket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.namespace: str | None = None
        self.callbacks: dict[str, str] = {}
        self.pinger: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        await super().connect()
        hello = {
            "sid": self.connection_id,
            "upgrades": [],
            "pingInterval": PING_INTERVAL_SECONDS * 1000,
            "pingTimeout": PING_TIMEOUT_SECONDS * 1000,
            "maxPayload": 32 * 1024,
        }
        await self.send(text_data=OPEN + msgspec.json.encode(hello).decode())
        self.pinger = asyncio.create_task(self._ping_for_ever())

    async def disconnect(self, code: int) -> None:
        if self.pinger:
            self.pinger.cancel()
        await super().disconnect(code)

    async def _ping_for_ever(self) -> None:
        while True:
            await asyncio.sleep(PING_INTERVAL_SECONDS)
            await self.send(text_data=PING)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if text_data is None or text_data[:1] == MESSAGE:
            await self._receive_packet(text_data[1:] if text_data else "")
        elif text_data == PING:
            await self.send(text_data=PONG)
        elif text_data == CLOSE:
            await self.close()

    async def _receive_packet(self, packet: str) -> None:
        match = _packet.fullmatch(packet)
        if match is None:
            await super().receive(None, b"")
            return
        kind, namespace = match["kind"], match["namespace"] or "/"
        if kind == CONNECT:
            await self._connect_namespace(namespace)
        elif kind == DISCONNECT:
            await self.close()
        elif kind == EVENT and namespace == self.namespace:
            await self._receive_event(match["data"], match["ack"])

    async def _connect_namespace(self, namespace: str) -> None:
        if namespace not in NAMESPACES:
            await self._send_packet(CONNECT_ERROR, {"message": "Invalid namespace"}, namespace=namespace)
            return
        self.namespace = namespace
        await self._send_packet(CONNECT, {"sid": self.connection_id})

    async def _receive_event(self, data: str, ack: str | None) -> None:
        """``["name", {payload}]`` becomes the frame ``{"type": name, **payload}``."""
        try:
            name, *payload = _event.decode(data)
            fields = dict(payload[0]) if payload else {}
        except (msgspec.DecodeError, TypeError, ValueError):
            await self.send_event(dispatch.error_frame(errors.Invalid("An event is a name and one object.")))
            return
        if name in WITH_ID:
            fields.setdefault("id", uuid.uuid4().hex)
        if ack is not None and isinstance(fields.get("id"), str):
            self.callbacks[fields["id"]] = ack
        await super().receive(msgspec.json.encode({**fields, "type": name}).decode())

    async def _send_body(self, body: str, *, owed: bool) -> None:
        frame = msgspec.json.decode(body)
        ack = self.callbacks.pop(frame.get("id", ""), None) if "id" in frame else None
        if ack is not None:
            await self._send_packet(ACK, [frame], ack=ack)
        else:
            await self._send_packet(EVENT, [frame.pop("type"), frame])

    async def _send_packet(self, kind: str, data: Any, *, namespace: str | None = None, ack: str = "") -> None:
        where = namespace or self.namespace or "/"
        prefix = "" if where == "/" else f"{where},"
        await self.send(text_data=f"{MESSAGE}{kind}{prefix}{ack}{msgspec.json.encode(data).decode()}")
