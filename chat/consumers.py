"""A visitor's socket: translates frames to use cases and the session's log to frames."""

import asyncio
import logging
import time
import uuid
from typing import Any
from uuid import UUID

import msgspec
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import timezone

from chat import access, dispatch, errors, eventlog, limits, pool, presence
from chat.contract import Availability, Command, Connected, Event, GetAvailability, JoinSession, Ping, ServerRestart
from chat.credit import Credit
from chat.publish import room, topic_group
from chat.shapes import MAX_CONTENT, MAX_FRAME_BYTES, Limits

log = logging.getLogger(__name__)

PROTOCOL, NO_JOIN, TOO_LARGE, FLOOD, SLOW_READER, RESTART = 4400, 4408, 4413, 4429, 4008, 4012
JOIN_WITHIN_SECONDS = 5
BAD_FRAMES_ALLOWED = 3
FLOOD_REFUSALS_ALLOWED = 50
LIMITS = Limits(max_content=MAX_CONTENT, max_frame_bytes=MAX_FRAME_BYTES, ping_interval_ms=15_000)


class SessionConsumer(AsyncWebsocketConsumer):
    """One socket. All its handlers run one after another, so its cursor needs no lock.

    ``cursor`` is the ``seq`` of the last event sent; what is pushed with a lower one is dropped, a gap is healed
    from the log.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session_id: UUID | None = None
        self.cursor = self.heard_at = 0
        self.credit = Credit()
        self.bucket = limits.Bucket(rate=10, burst=30)
        self.bad_frames = self.refusals = 0
        self.watched: GetAvailability | None = None
        self.join_timer: asyncio.TimerHandle | None = None
        self.connection_id = uuid.uuid4().hex
        self.command: Command | None = None

    async def dispatch(self, message: dict[str, Any]) -> None:
        """Channels' own hops through a thread shared by all sockets before every message; this does not."""
        handler = getattr(self, message["type"].replace(".", "_"))
        outcomes: list[BaseException | None] = await asyncio.gather(handler(message), return_exceptions=True)
        outcome = outcomes[0]
        if isinstance(outcome, StopConsumer | asyncio.CancelledError):
            raise outcome
        if isinstance(outcome, Exception):
            log.error("socket_handler_failed", exc_info=outcome, extra={"connection": self.connection_id})
            await self.send_event(dispatch.error_frame(errors.UnoBotError(), self.command))

    async def connect(self) -> None:
        await self.accept()
        presence.opened(self)
        loop = asyncio.get_running_loop()
        self.join_timer = loop.call_later(JOIN_WITHIN_SECONDS, lambda: loop.create_task(self._expect_join()))

    async def disconnect(self, code: int) -> None:
        presence.closed(self)
        if self.join_timer:
            self.join_timer.cancel()
        if self.session_id:
            await self.channel_layer.group_discard(room(self.session_id), self.channel_name)
        await self._watch(None)

    async def _expect_join(self) -> None:
        if self.session_id is None:
            await self.close(NO_JOIN)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        wait = self.bucket.take()
        if wait:
            await self._refuse_flood(wait)
            return
        self.command = None
        try:
            if text_data is None:
                raise errors.Invalid("Frames are JSON text, not binary.")
            self.command = dispatch.decode(text_data)
            self.bad_frames = 0
            await self._handle(self.command)
        except errors.UnoBotError as error:
            await self.send_event(dispatch.error_frame(error, self.command))
            if self.command is None:
                await self._count_bad_frame(error)

    async def _refuse_flood(self, wait: float) -> None:
        self.refusals += 1
        if self.refusals > FLOOD_REFUSALS_ALLOWED:
            await self.close(FLOOD)
        else:
            await self.send_event(dispatch.error_frame(errors.RateLimited(retry_after_ms=int(wait * 1000) + 1)))

    async def _count_bad_frame(self, error: errors.UnoBotError) -> None:
        self.bad_frames += 1
        if isinstance(error, errors.TooLarge):
            await self.close(TOO_LARGE)
        elif self.bad_frames >= BAD_FRAMES_ALLOWED:
            await self.close(PROTOCOL)

    async def _handle(self, command: Command) -> None:
        if isinstance(command, JoinSession):
            await self._join(command)
            return
        if self.session_id is None:
            raise errors.NotJoined
        if isinstance(command, Ping):
            self.credit.acknowledged(command.seq)
        else:
            self._hear()
            await pool.run(limits.COMMANDS_PER_SESSION.spend, self.session_id.hex)
        answer = await pool.run(dispatch.perform, command, session_id=self.session_id, now=timezone.now())
        if isinstance(command, GetAvailability) and isinstance(answer, Availability):
            await self._watch(command)
        if answer is not None:
            await self.send_event(answer)

    def _hear(self) -> None:
        """Whoever goes on talking is taken to have read what came before their last command."""
        self.credit.acknowledged(self.heard_at)
        self.heard_at = self.cursor

    async def _join(self, command: JoinSession) -> None:
        """Subscribe first, then read the log: what arrives meanwhile waits in the channel and is dropped or healed."""
        if self.session_id is not None and self.session_id != command.session_id:
            raise errors.Conflict("This connection has already joined another session.")
        session = await pool.run(access.open_session, command.session_id, command.token, now=timezone.now())
        self.session_id, self.cursor = session.pk, command.last_seq
        await self.channel_layer.group_add(room(session.pk), self.channel_name)
        if self.join_timer:
            self.join_timer.cancel()
        position = (await pool.run(eventlog.positions, [session.pk]))[session.pk]
        self.cursor = min(self.cursor, position)
        connected = Connected(
            session_id=session.pk,
            connection_id=self.connection_id,
            last_seq=position,
            server_time=timezone.now(),
            limits=LIMITS,
        )
        await self.send_event(connected)
        await self._heal(owed=False)
        self.credit.acknowledged(self.cursor)
        presence.joined(self)

    async def send_event(self, event: Event) -> None:
        await self._send_body(msgspec.json.encode(event).decode(), owed=True)

    async def _send_body(self, body: str, *, owed: bool) -> None:
        if owed:
            self.credit.sent(self.cursor, len(body), moment=time.monotonic())
        await self.send(text_data=body)

    async def _heal(self, *, owed: bool = True) -> None:
        """Send what the log has after the cursor."""
        if self.session_id is None:
            return
        while frames := await pool.run(eventlog.after, self.session_id, self.cursor):
            for seq, body in frames:
                self.cursor = seq
                await self._send_body(body, owed=owed)

    async def session_frames(self, message: dict[str, Any]) -> None:
        """Frames pushed to the room. A reader who does not read is passed over; the log keeps what it misses."""
        if self.credit.exhausted:
            await self._check_patience()
            return
        for seq, body in message["frames"]:
            if seq == self.cursor + 1:
                self.cursor = seq
                await self._send_body(body, owed=True)
            elif seq == 0:
                await self._send_body(body, owed=True)
            elif seq > self.cursor:
                await self._heal()

    async def session_behind(self, message: dict[str, Any]) -> None:
        """The position check found this socket behind its log."""
        if self.credit.exhausted:
            await self._check_patience()
        else:
            await self._heal()

    async def _check_patience(self) -> None:
        if self.credit.overdue(moment=time.monotonic()):
            await self.close(SLOW_READER)

    async def _watch(self, command: GetAvailability | None) -> None:
        """Hear of changes to the availability that was asked for last, and of no other."""
        if self.watched:
            await self.channel_layer.group_discard(topic_group(f"expert.{self.watched.expert_id}"), self.channel_name)
        self.watched = command
        if command:
            await self.channel_layer.group_add(topic_group(f"expert.{command.expert_id}"), self.channel_name)

    async def topic_changed(self, message: dict[str, Any]) -> None:
        if self.watched is None or self.session_id is None:
            return
        try:
            answer = await pool.run(dispatch.perform, self.watched, session_id=self.session_id, now=timezone.now())
        except errors.UnoBotError:
            await self._watch(None)
            return
        if isinstance(answer, Availability):
            await self.send_event(msgspec.structs.replace(answer, id=msgspec.UNSET))

    async def server_restart(self, message: dict[str, Any]) -> None:
        await self.send_event(ServerRestart(retry_after_ms=message["retry_after_ms"]))
        await self.close(RESTART)
