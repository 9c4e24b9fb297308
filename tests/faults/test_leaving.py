"""Visitors leave, in every way there is, while they hold a time; what they held goes to those who wait for it."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.conftest import embedded_stack, scaled_out_stack
from tests.stack import Stack
from unobot.visitor import Frame, Visitor

pytestmark = pytest.mark.faults

GRACE = {"HOLD_GRACE_SECONDS": "8"}


@pytest.fixture
def alone(tmp_path: Path, prepared_file: Path) -> Iterator[Stack]:
    stack = embedded_stack(tmp_path, prepared_file)
    stack.extra |= GRACE
    stack.web()
    yield stack
    stack.stop()


@pytest.fixture
def pair(tmp_path: Path, prepared_database: str) -> Iterator[Stack]:
    """Two web processes, one of which may be killed."""
    stack = scaled_out_stack(tmp_path, prepared_database)
    stack.extra |= GRACE
    stack.worker()
    stack.beat()
    stack.web()
    stack.web()
    yield stack
    stack.stop()


async def look(visitor: Visitor, expert_id: str = "") -> Frame:
    """The free times of an expert, whose changes the visitor is told of from now on."""
    expert_id = expert_id or (await visitor.do("match_experts"))["result"]["expert_ids"][0]
    return await visitor.do("get_availability", expert_id=expert_id, timezone="Europe/Berlin", days=21)


def starts(availability: Frame) -> list[str]:
    return [slot["start_time"] for slot in availability["slots"]]


def apart(availability: Frame, count: int) -> list[str]:
    """Starts so far from each other that their meetings' buffers do not touch."""
    return starts(availability)[-4 * count :: 4]


async def hold(visitor: Visitor, shown: Frame, start: str) -> str:
    held = await visitor.do("hold_slot", expert_id=shown["expert_id"], start_time=start)
    return str(held["result"]["hold_id"])


async def back(watcher: Visitor, start: str) -> None:
    """The watcher, who sees that the time has gone, hears that it is free again."""
    shown = len(watcher.frames)
    await watcher.expect(lambda frame: frame["type"] == "availability" and start in starts(frame), since=shown)


def released(visitor: Visitor) -> list[str]:
    return [frame["hold_id"] for frame in visitor.log if frame["type"] == "hold_released"]


async def poll(visitor: Visitor) -> None:
    """A page whose socket does not get through."""
    while True:
        await visitor.events(visitor.cursor, wait=2)


async def test_who_leaves_lets_go_and_who_reloads_or_polls_does_not(alone: Stack) -> None:
    url = alone.processes[0].url
    async with AsyncExitStack() as crowd:
        visitors = [await crowd.enter_async_context(Visitor(url, timeout=60)) for _ in range(4)]
        leaver, reloader, poller, watcher = visitors
        for visitor in visitors:
            await visitor.start(language="en")
        shown = await look(watcher)
        last = apart(shown, 3)
        for visitor, start in zip(visitors[:3], last, strict=True):
            await hold(visitor, shown, start)
            await visitor.drop()
        polling = asyncio.create_task(poll(poller))
        assert not set(last) & set(starts(await look(watcher, shown["expert_id"])))
        await asyncio.sleep(3)
        await reloader.join()
        await back(watcher, last[0])
        polling.cancel()
        assert not set(last[1:]) & set(starts(await look(watcher, shown["expert_id"])))
        await leaver.join()
        assert [len(released(visitor)) for visitor in (leaver, reloader)] == [1, 0]


async def test_holds_end_though_the_process_of_their_visitors_was_killed(alone: Stack) -> None:
    server = alone.processes[0]
    async with Visitor(server.url, timeout=60) as ann, Visitor(server.url, timeout=60) as ben:
        await ann.start(language="en")
        await ben.start(language="en")
        shown = await look(ann)
        wanted = starts(shown)[-1]
        await hold(ann, shown, wanted)
        server.kill()
        await asyncio.to_thread(alone.web, int(server.url.rsplit(":", 1)[1]))
        await ben.join()
        if wanted not in starts(await look(ben, shown["expert_id"])):
            await back(ben, wanted)
        await ann.join()
        assert len(released(ann)) == 1


@pytest.mark.scaleout
async def test_holds_end_when_one_of_two_processes_dies_and_stay_for_those_who_change_over(pair: Stack) -> None:
    first, second = pair.processes[2], pair.processes[3]
    async with AsyncExitStack() as crowd:
        lost, mover = [await crowd.enter_async_context(Visitor(first.url, timeout=60)) for _ in range(2)]
        watcher = await crowd.enter_async_context(Visitor(second.url, timeout=60))
        for visitor in (lost, mover, watcher):
            await visitor.start(language="en")
        shown = await look(watcher)
        last = apart(shown, 2)
        for visitor, start in zip((lost, mover), last, strict=True):
            await hold(visitor, shown, start)
        await asyncio.to_thread(first.kill)
        await mover.join(url=second.url)
        assert not set(last) & set(starts(await look(watcher, shown["expert_id"])))
        await back(watcher, last[0])
        assert last[1] not in starts(await look(watcher, shown["expert_id"]))
        assert released(mover) == []
