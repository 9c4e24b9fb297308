"""Channel layers that may be pushed to from any thread and never raise into business code.

``ProcessLayer`` serves one process. ``RedisLayer`` adds one Redis subscription a process: a message is handed to
the local sockets directly and to the other processes by one PUBLISH; own copies are skipped by their origin.
Both are at most once: whoever needs certainty reads the event log.
"""

import asyncio
import logging
import time
import uuid
from contextlib import suppress
from typing import Any

import msgspec
import redis
import redis.asyncio
from channels.layers import InMemoryChannelLayer

log = logging.getLogger(__name__)

Payload = dict[str, Any]


class RoomLayer(InMemoryChannelLayer):
    """What ``chat.publish`` needs of a layer beside Channels' own interface."""

    loop: asyncio.AbstractEventLoop | None = None

    async def new_channel(self, prefix: str = "specific.") -> str:
        self.loop = asyncio.get_running_loop()
        return str(await super().new_channel(prefix))

    def push(self, group: str, message: Payload) -> None:
        """Hand a message to a group's sockets, from any thread, without waiting and without raising."""
        loop = self.loop
        if loop is not None:
            with suppress(RuntimeError):  # the loop has closed: nobody is listening any more
                loop.call_soon_threadsafe(self._deliver, group, message)

    async def group_send(self, group: str, message: Payload) -> None:
        self.push(group, message)

    def _deliver(self, group: str, message: Payload) -> None:
        for channel in self.groups.get(group, ()):
            queue = self.channels.get(channel)
            if queue is None:
                queue = self.channels[channel] = asyncio.Queue(maxsize=self.get_capacity(channel))
            try:
                queue.put_nowait((time.time() + self.expiry, message))
            except asyncio.QueueFull:
                log.warning("push_dropped", extra={"group": group})


class ProcessLayer(RoomLayer):
    """The embedded mode: web and worker threads in one process."""


class RedisLayer(RoomLayer):
    """The scaled-out mode: many web and worker processes around one Redis."""

    PAUSE_AFTER_FAILURE = 1.0
    SILENCE = 15.0

    def __init__(self, url: str, prefix: str = "unobot", **options: Any) -> None:
        super().__init__(**{"capacity": 2000, **options})
        self.url, self.prefix = url, prefix
        self.origin = uuid.uuid4().hex
        self._publisher = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._quiet_until = 0.0
        self._pubsub: redis.asyncio.client.PubSub | None = None
        self._listener: asyncio.Task[None] | None = None

    def push(self, group: str, message: Payload) -> None:
        super().push(group, message)
        if time.monotonic() < self._quiet_until:
            return
        try:
            self._publisher.publish(self._name(group), msgspec.msgpack.encode((self.origin, message)))
        except (redis.RedisError, OSError) as error:
            self._quiet_until = time.monotonic() + self.PAUSE_AFTER_FAILURE
            log.warning("push_failed", extra={"reason": type(error).__name__})

    async def group_add(self, group: str, channel: str) -> None:
        first = group not in self.groups
        await super().group_add(group, channel)
        self._ensure_listening()
        if first:
            await self._tell_redis("subscribe", group)

    async def group_discard(self, group: str, channel: str) -> None:
        await super().group_discard(group, channel)
        if group not in self.groups:
            await self._tell_redis("unsubscribe", group)

    def _name(self, group: str) -> str:
        return f"{self.prefix}:{group}"

    async def _tell_redis(self, verb: str, group: str) -> None:
        """Best effort: the listener subscribes to every standing group anew whenever it connects."""
        if self._pubsub is not None:
            with suppress(redis.RedisError, OSError, TimeoutError):
                async with asyncio.timeout(1):
                    await getattr(self._pubsub, verb)(self._name(group))

    def _ensure_listening(self) -> None:
        loop = asyncio.get_running_loop()
        if self._listener is None or self._listener.done() or self._listener.get_loop() is not loop:
            self._listener = loop.create_task(self._listen_for_ever())

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (redis.RedisError, OSError, TimeoutError) as error:
                log.warning("subscription_lost", extra={"reason": type(error).__name__})
            self._pubsub = None
            await asyncio.sleep(0.5)

    async def _listen(self) -> None:
        client = redis.asyncio.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=None)
        async with client, client.pubsub() as pubsub:
            await pubsub.subscribe(self._name("all"), *map(self._name, self.groups))
            self._pubsub = pubsub
            heard = time.monotonic()
            while time.monotonic() - heard < self.SILENCE:
                message = await pubsub.get_message(timeout=5)
                if message is None:
                    await pubsub.ping()
                    continue
                heard = time.monotonic()
                if message["type"] == "message":
                    self._receive(message["channel"].decode(), message["data"])
        raise TimeoutError("Redis went silent")

    def _receive(self, name: str, data: bytes) -> None:
        origin, message = msgspec.msgpack.decode(data)
        if origin != self.origin:
            self._deliver(name.removeprefix(f"{self.prefix}:"), message)
