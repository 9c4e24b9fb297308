"""Processes die in the middle of a reply; what was accepted is there afterwards and is answered once."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import embedded_stack, scaled_out_stack
from tests.stack import Stack
from unobot.visitor import Visitor

pytestmark = pytest.mark.faults

DELAYS = (0.0, 0.005, 0.02)


@pytest.fixture
def alone(tmp_path: Path, prepared_file: Path) -> Iterator[Stack]:
    """An embedded server that may be killed."""
    stack = embedded_stack(tmp_path, prepared_file)
    stack.web()
    yield stack
    stack.stop()


@pytest.fixture
def crowd(tmp_path: Path, prepared_database: str) -> Iterator[Stack]:
    """A worker and two web processes that may be killed."""
    stack = scaled_out_stack(tmp_path, prepared_database)
    stack.worker()
    stack.web()
    stack.web()
    yield stack
    stack.stop()


def exchanges(visitor: Visitor) -> list[tuple[str, int]]:
    """Each accepted message with the number of its final answers, as the visitor's screen shows them."""
    finals = [f["user_message"]["id"] for f in visitor.log if f["type"] == "message" and f["user_message"]]
    accepted = [f["message"] for f in visitor.log if f["type"] == "message_accepted"]
    return [(message["content"], finals.count(message["id"])) for message in accepted]


@pytest.mark.parametrize("delay", DELAYS)
async def test_an_embedded_server_killed_in_mid_reply_answers_after_its_restart(alone: Stack, delay: float) -> None:
    """Z3"""
    server = alone.processes[0]
    async with Visitor(server.url, timeout=40) as ann:
        await ann.start(language="en")
        await ann.do("send_message", content="We are Ito Foods and we drown in Excel.")
        await asyncio.sleep(delay)
        server.kill()
        await asyncio.to_thread(alone.web, int(server.url.rsplit(":", 1)[1]))
        await ann.join()
        await ann.expect(lambda f: f["type"] == "message" and f["user_message"] is not None)
        await ann.say("Are you still there?")
        assert exchanges(ann) == [("We are Ito Foods and we drown in Excel.", 1), ("Are you still there?", 1)]
        assert await ann.events() == ann.log


@pytest.mark.scaleout
@pytest.mark.parametrize("delay", DELAYS)
async def test_a_worker_killed_in_mid_reply_is_replaced_without_loss(crowd: Stack, delay: float) -> None:
    """Z3"""
    worker, web = crowd.processes[0], crowd.processes[1]
    async with Visitor(web.url, timeout=60) as ann:
        await ann.start(language="en")
        await ann.say("Hello")
        await ann.do("send_message", content="We are Ito Foods and we drown in Excel.")
        await asyncio.sleep(delay)
        worker.kill()
        crowd.worker()
        await ann.expect(lambda f: f["type"] == "message" and "Ito" in str(f["user_message"]))
        assert exchanges(ann) == [("Hello", 1), ("We are Ito Foods and we drown in Excel.", 1)]


@pytest.mark.scaleout
async def test_a_web_process_killed_in_mid_reply_is_left_for_another(crowd: Stack) -> None:
    """Z3"""
    first, second = crowd.processes[1], crowd.processes[2]
    async with Visitor(first.url, timeout=40) as ann:
        await ann.start(language="en")
        await ann.do("send_message", content="We are Ito Foods and we drown in Excel.")
        first.kill()
        await ann.join(url=second.url)
        await ann.expect(lambda f: f["type"] == "message" and f["user_message"] is not None)
        assert exchanges(ann) == [("We are Ito Foods and we drown in Excel.", 1)]


@pytest.mark.scaleout
async def test_a_rolling_restart_sends_every_visitor_elsewhere(crowd: Stack) -> None:
    first, second = crowd.processes[1], crowd.processes[2]
    async with Visitor(first.url, timeout=40) as ann:
        await ann.start(language="en")
        first.popen.send_signal(signal.SIGTERM)
        restart = await ann.expect("server_restart")
        assert restart["retry_after_ms"] > 0
        await ann.join(url=second.url)
        assert (await ann.say("Hello again"))["ai_message"]["content"]


@pytest.mark.scaleout
async def test_a_stopped_worker_pool_child_does_not_lose_the_reply(crowd: Stack) -> None:
    """Only the pool's children die; the worker's main process goes on."""
    web = crowd.processes[1]
    async with Visitor(web.url, timeout=60) as ann:
        await ann.start(language="en")
        await ann.say("Hello")
        await ann.do("send_message", content="We are Ito Foods.")
        for child in children(crowd.processes[0].popen.pid):
            os.kill(child, signal.SIGKILL)
        await ann.expect(lambda f: f["type"] == "message" and "Ito" in str(f["user_message"]))
        assert exchanges(ann) == [("Hello", 1), ("We are Ito Foods.", 1)]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
