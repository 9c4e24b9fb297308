"""Who is at this process: which sockets are joined where, the check that nobody is behind, and the farewell.

A visitor without a socket is here for as long as their page asks over REST.
"""

import asyncio
import logging
import random
from collections.abc import Set
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import Error
from django.utils import timezone

from chat import eventlog, pool, routes

if TYPE_CHECKING:
    from chat.consumers import SessionConsumer

log = logging.getLogger(__name__)

CHECK_EVERY_SECONDS = 3.0

_open: set["SessionConsumer"] = set()
_joined: set["SessionConsumer"] = set()
_asking: set[UUID] = set()
_checker: asyncio.Task[None] | None = None


def opened(socket: "SessionConsumer") -> None:
    _open.add(socket)


def joined(socket: "SessionConsumer") -> None:
    _joined.add(socket)
    _ensure_checking()


def asked(session_id: UUID) -> None:
    """A page without a socket has asked for its session."""
    _asking.add(session_id)
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
    """A query for all joined sessions, and one for each app that wants to know of them."""
    while _joined or _asking:
        await asyncio.sleep(CHECK_EVERY_SECONDS)
        try:
            await _wake_those_behind()
            await _tell_who_is_here()
        except Error as error:
            log.warning("position_check_failed", extra={"reason": type(error).__name__})


def _session_ids() -> set[UUID]:
    return {socket.session_id for socket in _joined if socket.session_id}


async def _wake_those_behind() -> None:
    """Lost pushes are healed from the log."""
    positions = await pool.run(eventlog.positions, _session_ids())
    for socket in list(_joined):
        if socket.session_id and positions.get(socket.session_id, 0) > socket.cursor:
            await socket.channel_layer.send(socket.channel_name, {"type": "session.behind"})


async def _tell_who_is_here() -> None:
    here = _session_ids() | _asking
    _asking.clear()
    await pool.run(_attend, here)


def _attend(sessions: Set[UUID]) -> None:
    for attend in routes.attendants():
        attend(sessions=sessions, now=timezone.now())


async def farewell() -> None:
    """Ask every socket to come back elsewhere, spread over two seconds."""
    for socket in list(_open):
        message = {"type": "server.restart", "retry_after_ms": random.randint(200, 2200)}  # jitter
        await socket.channel_layer.send(socket.channel_name, message)
    while _open:
        await asyncio.sleep(0.02)
