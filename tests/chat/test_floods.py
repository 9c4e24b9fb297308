"""With the rate limits on: floods are refused, then sent away; others go on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from tests.chat.test_bad_frames import closed, receive
from tests.conftest import embedded_stack
from unobot.visitor import Visitor


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory, prepared_file: Path) -> Iterator[str]:
    """A server as it is in production: rate limits on."""
    stack = embedded_stack(tmp_path_factory.mktemp("limited"), prepared_file)
    stack.extra["UNOBOT_RATE_LIMITS"] = "on"
    yield stack.web().url
    stack.stop()


async def test_a_flood_is_refused_and_then_sent_away(limited: str) -> None:
    """Q4, Z6"""
    async with Visitor(limited) as ann, connect(limited.replace("http", "ws") + "/ws/") as flood:
        await ann.start()
        for _ in range(120):
            await flood.send('{"type": "ping", "seq": 0}')
        answers = [await receive(flood) for _ in range(31)]
        assert {answer["code"] for answer in answers} == {"not_joined", "rate_limited"}
        assert await closed(flood) == 4429
        assert (await ann.do("stop_reply"))["type"] == "ack"


async def test_too_many_commands_of_one_session_say_when_to_come_back(limited: str) -> None:
    """Q4"""
    async with Visitor(limited) as ann:
        await ann.start()
        responses = [await ann.rest("stop_reply") for _ in range(125)]
        refused = responses[-1]
        assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
        assert int(refused.headers["Retry-After"]) <= 60


async def test_text_that_is_not_utf_8_ends_only_its_own_socket(limited: str) -> None:
    """Z6"""
    async with Visitor(limited) as ann, connect(limited.replace("http", "ws") + "/ws/") as broken:
        await ann.start()
        await broken.send([b"\xff\xfe"], text=True)
        assert await closed(broken) == 1007
        assert (await ann.do("stop_reply"))["type"] == "ack"
