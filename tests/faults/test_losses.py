"""Services and pushes fail; what was accepted arrives all the same, once and in order."""

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psycopg
import pytest
from django.conf import settings
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.conftest import embedded_stack
from tests.stack import Stack, free_port, new_database
from unobot.visitor import Visitor

pytestmark = pytest.mark.faults


def whole(visitor: Visitor) -> bool:
    """The log is contiguous and every accepted message has one answer."""
    accepted = [f["message"]["id"] for f in visitor.log if f["type"] == "message_accepted"]
    answered = [f["user_message"]["id"] for f in visitor.log if f["type"] == "message" and f["user_message"]]
    return [f["seq"] for f in visitor.log] == list(range(1, visitor.cursor + 1)) and sorted(accepted) == sorted(
        answered
    )


async def answered(visitor: Visitor, text: str) -> None:
    await visitor.expect(lambda f: f["type"] == "message" and text in str(f["user_message"]))


@pytest.fixture
def lossy(tmp_path: Path, prepared_file: Path) -> Iterator[Stack]:
    stack = embedded_stack(tmp_path, prepared_file)
    stack.extra["DJANGO_SETTINGS_MODULE"] = "tests.faults.lossy"
    stack.web()
    yield stack
    stack.stop()


async def test_lost_pushes_are_healed_from_the_log(lossy: Stack) -> None:
    """Z2"""
    async with Visitor(lossy.processes[0].url, timeout=30) as ann:
        await ann.start(language="en")
        for number in range(6):
            await ann.do("send_message", content=f"Note {number}: we use Excel.")
        await answered(ann, "Note 5")
        assert whole(ann)


@dataclass
class Redis:
    """A Redis that may be killed and hung."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = [str(shutil.which("redis-server")), "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(0.3)

    def send(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def kill(self) -> None:
        self.send(signal.SIGKILL)
        assert self.process
        self.process.wait(5)


@pytest.fixture
def redis() -> Iterator[Redis]:
    server = Redis(free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture
def fragile(tmp_path: Path, redis: Redis, prepared_database: str) -> Iterator[Stack]:
    """A scaled-out deployment around that Redis."""
    url = new_database(settings.DATABASE_URL, template=prepared_database)
    stack = Stack(tmp_path, {"DATABASE_URL": url, "REDIS_URL": redis.url})
    stack.worker()
    stack.web()
    yield stack
    stack.stop()


@pytest.mark.scaleout
async def test_redis_killed_and_back_empty_loses_nothing(fragile: Stack, redis: Redis) -> None:
    """Z4: a visitor who was there goes on, and one who comes meanwhile is let in."""
    url = fragile.processes[1].url
    async with Visitor(url, timeout=60) as ann, Visitor(url, timeout=60) as ben:
        await ann.start(language="en")
        await ann.say("Hello")
        redis.kill()
        await ann.do("send_message", content="We are Ito Foods.")
        await ben.start(language="en")
        await ben.do("send_message", content="We are Sato Foods.")
        await asyncio.sleep(3)
        redis.start()
        await asyncio.gather(answered(ann, "Ito"), answered(ben, "Sato"))
        assert whole(ann)
        assert whole(ben)


@pytest.mark.scaleout
async def test_a_hung_redis_holds_nobody_up_for_long(fragile: Stack, redis: Redis) -> None:
    """Z4"""
    url = fragile.processes[1].url
    async with Visitor(url, timeout=60) as ann:
        await ann.start(language="en")
        await ann.say("Hello")
        redis.send(signal.SIGSTOP)
        started = time.monotonic()
        await ann.do("send_message", content="We are Ito Foods.")
        waited = time.monotonic() - started
        await asyncio.sleep(max(0, 6 - waited))
        redis.send(signal.SIGCONT)
        await answered(ann, "Ito")
        assert waited < 10
        assert whole(ann)


@pytest.mark.scaleout
async def test_terminated_database_connections_are_replaced(fragile: Stack) -> None:
    """Z4"""
    async with Visitor(fragile.processes[1].url, timeout=60) as ann:
        await ann.start(language="en")
        await ann.say("Hello")
        with psycopg.connect(fragile.extra["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        for attempt in range(5):
            if (await ann.do("send_message", id="m", content="We are Ito Foods."))["type"] == "ack":
                break
            await asyncio.sleep(0.2 * (attempt + 1))
        await answered(ann, "Ito")
        assert whole(ann)


@pytest.fixture
def alone(tmp_path: Path, prepared_file: Path) -> Iterator[Stack]:
    stack = embedded_stack(tmp_path, prepared_file)
    stack.web()
    yield stack
    stack.stop()


async def test_a_locked_file_is_waited_for(alone: Stack) -> None:
    async with Visitor(alone.processes[0].url, timeout=30) as ann:
        await ann.start(language="en")
        blocker = sqlite3.connect(alone.data / "unobot.sqlite3", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        sending = asyncio.create_task(ann.do("send_message", content="We are Ito Foods."))
        await asyncio.sleep(3)
        assert not sending.done()
        blocker.execute("ROLLBACK")
        assert (await sending)["type"] == "ack"
        await answered(ann, "Ito")


async def test_a_reader_that_never_acknowledges_is_sent_away_and_holds_up_nobody(alone: Stack) -> None:
    """The window of what a socket may be owed fills; half a minute later the socket is closed with 4008."""
    url = alone.processes[0].url
    async with Visitor(url, timeout=60) as ann, connect(url.replace("http", "ws") + "/ws/", max_size=None) as idle:
        await ann.start(language="en")
        join = {"type": "join_session", "session_id": ann.session_id, "token": ann.token}
        await idle.send(msgspec.json.encode(join).decode())
        closing = asyncio.create_task(close_code(idle))
        for number in range(110):
            await ann.do("send_message", content=f"Note {number}: we use Excel.")
        await answered(ann, "Note 109")
        await asyncio.sleep(31)
        await ann.say("Anything new?")
        assert await closing == 4008
        assert whole(ann)


async def close_code(socket: ClientConnection) -> int | None:
    async with asyncio.timeout(90):
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as gone:
            return gone.rcvd.code if gone.rcvd else None
