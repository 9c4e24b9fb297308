"""A visitor as a program: speaks the wire to a running server, as the demo, the tests and the benches need it."""

import asyncio
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Frame = dict[str, Any]
PING_EVERY_SECONDS = 10


class Visitor:
    """One session over one socket at a time. ``log`` holds the durable events, each once and in order."""

    def __init__(self, url: str, *, timeout: float = 20.0) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self.http = httpx.AsyncClient(base_url=self.url, timeout=timeout)
        self.session_id = self.token = self.resume_url = ""
        self.socket: ClientConnection | None = None
        self.reader: asyncio.Task[None] | None = None
        self.heart: asyncio.Task[None] | None = None
        self.frames: list[Frame] = []
        self.log: list[Frame] = []
        self.news = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.drop()
        await self.http.aclose()

    async def start(self, **wishes: Any) -> None:
        """Begin a session and join it."""
        response = await self.http.post("/api/v1/sessions", json=wishes)
        response.raise_for_status()
        begun = response.json()
        self.session_id, self.token, self.resume_url = begun["session_id"], begun["token"], begun["resume_url"]
        await self.join()

    @property
    def cursor(self) -> int:
        return int(self.log[-1]["seq"]) if self.log else 0

    async def join(self, *, url: str = "") -> Frame:
        """(Re)connect, to another node if told so, and ask for what was missed."""
        await self.drop()
        address = (url or self.url).replace("http", "ws", 1) + "/ws/"
        self.socket = await connect(address, max_size=None, open_timeout=self.timeout)
        seen = len(self.frames)
        self.reader = asyncio.create_task(self._read(self.socket))
        self.heart = asyncio.create_task(self._beat())
        join = {"type": "join_session", "session_id": self.session_id, "token": self.token, "last_seq": self.cursor}
        await self.send(join)
        answer = await self.expect(lambda frame: frame["type"] in ("connected", "error"), since=seen)
        async with asyncio.timeout(self.timeout):
            while answer["type"] == "connected" and self.cursor < answer["last_seq"]:
                self.news.clear()
                await self.news.wait()
        return answer

    async def drop(self) -> None:
        """Lose the connection."""
        for task in (self.reader, self.heart):
            if task:
                task.cancel()
        if self.socket:
            await self.socket.close()
        self.socket = self.reader = None

    async def send(self, frame: Frame) -> None:
        if self.socket is None:
            raise ConnectionError("not connected")
        await self.socket.send(msgspec.json.encode(frame).decode())

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                self._take(msgspec.json.decode(text))
        except ConnectionClosed:
            return

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(PING_EVERY_SECONDS)
            await self.send({"type": "ping", "seq": self.cursor})

    def _take(self, frame: Frame) -> None:
        seq = frame.get("seq") if frame["type"] != "ack" else None
        if seq is not None:
            if seq != self.cursor + 1:
                return
            self.log.append(frame)
        self.frames.append(frame)
        self.news.set()

    async def expect(self, wanted: Callable[[Frame], bool] | str, *, since: int = 0) -> Frame:
        """The first frame after the ``since``-th that is wanted, by its type or by a predicate."""
        wants = (lambda frame: frame["type"] == wanted) if isinstance(wanted, str) else wanted
        async with asyncio.timeout(self.timeout):
            while True:
                for frame in self.frames[since:]:
                    if wants(frame):
                        return frame
                self.news.clear()
                await self.news.wait()

    async def do(self, kind: str, *, id: str = "", **fields: Any) -> Frame:  # the wire's own name
        """Send a command; its acknowledgement, answer or error."""
        command_id = id or uuid.uuid4().hex
        seen = len(self.frames)
        await self.send({"type": kind, "id": command_id, **fields})
        return await self.expect(lambda frame: frame.get("id") == command_id, since=seen)

    async def say(self, text: str) -> Frame:
        """Say something and wait for the answer to it."""
        seen = len(self.frames)
        await self.do("send_message", content=text)
        return await self.expect("message", since=seen)

    async def rest(self, kind: str, **fields: Any) -> httpx.Response:
        """Send a command over REST."""
        path = f"/api/v1/sessions/{self.session_id}/commands"
        body = {"type": kind, **fields} if "id" in fields else {"type": kind, "id": uuid.uuid4().hex, **fields}
        return await self.http.post(path, json=body, headers=self.authorization)

    @property
    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def events(self, after: int = 0, wait: int = 0) -> list[Frame]:
        path = f"/api/v1/sessions/{self.session_id}/events"
        response = await self.http.get(path, params={"after": after, "wait": wait}, headers=self.authorization)
        response.raise_for_status()
        events: list[Frame] = response.json()["events"]
        return events
