"""The sockets of this process: who is joined where, the check that nobody is behind, and the farewell at shutdown."""

import asyncio
import logging
import random
from typing import TYPE_CHECKING

from django.db import DatabaseError

from chat import eventlog, pool

if TYPE_CHECKING:
    from chat.consumers import SessionConsumer

log = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 3.0

_open: set["SessionConsumer"] = set()
_joined: set["SessionConsumer"] = set()
_checker: asyncio.Task[None] | None = None


def opened(socket: "SessionConsumer") -> None:
    _open.add(socket)


def joined(socket: "SessionConsumer") -> None:
    _joined.add(socket)
    _ensure_checking()


def closed(socket: "SessionConsumer") -> None:
    _open.discard(socket)
    _joined.discard(socket)


def _ensure_checking() -> None:
    global _checker  # noqa: PLW0603  # one check a process, on whatever loop serves now
    loop = asyncio.get_running_loop()
    if _checker is None or _checker.done() or _checker.get_loop() is not loop:
        _checker = loop.create_task(_check_for_ever())


async def _check_for_ever() -> None:
    """Lost pushes are healed from the log; one query for all joined sessions."""
    while _joined:
        await asyncio.sleep(CHECK_EVERY_SECONDS)
        try:
            await _wake_those_behind()
        except DatabaseError as error:
            log.warning("position_check_failed", extra={"reason": type(error).__name__})


async def _wake_those_behind() -> None:
    sockets = [socket for socket in _joined if socket.session_id]
    positions = await pool.run(eventlog.positions, {socket.session_id for socket in sockets if socket.session_id})
    for socket in sockets:
        if socket.session_id and positions.get(socket.session_id, 0) > socket.cursor:
            await socket.channel_layer.send(socket.channel_name, {"type": "session.behind"})


async def farewell() -> None:
    """Ask every socket to come back elsewhere, spread over two seconds."""
    for socket in list(_open):
        message = {"type": "server.restart", "retry_after_ms": random.randint(200, 2200)}  # jitter
        await socket.channel_layer.send(socket.channel_name, message)
    while _open:
        await asyncio.sleep(0.02)
