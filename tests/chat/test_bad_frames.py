"""Malformed input gets an error or the stated close code, and other sockets go on."""

import asyncio
import time
from collections.abc import AsyncIterator

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from unobot.visitor import Frame, Visitor

BAD_FRAMES = {
    "bad JSON": ("{", "invalid"),
    "not an object": ("[1, 2]", "invalid"),
    "nothing": ("", "invalid"),
    "unknown type": ('{"type": "set_score"}', "unknown_type"),
    "no type": ('{"id": "1"}', "unknown_type"),
    "unknown field": ('{"type": "ping", "seq": 0, "score": 100}', "invalid"),
    "wrong kind of value": ('{"type": "ping", "seq": "x"}', "invalid"),
    "deep nesting": ('{"type":"edit_fact","id":"1","slot":"x","value":' + "[" * 9000 + "]" * 9000 + "}", "invalid"),
    "NUL": ('{"type": "send_message", "id": "1", "content": "a\\u0000b"}', "invalid"),
    "lone surrogate": ('{"type": "send_message", "id": "1", "content": "\\ud800"}', "invalid"),
    "too long a text": ('{"type": "send_message", "id": "1", "content": "' + "x" * 4001 + '"}', "invalid"),
    "before joining": ('{"type": "stop_reply", "id": "1"}', "not_joined"),
}


@pytest.fixture
async def socket(url: str) -> AsyncIterator[ClientConnection]:
    async with connect(url.replace("http", "ws") + "/ws/", max_size=None) as connection:
        yield connection


async def receive(socket: ClientConnection) -> Frame:
    async with asyncio.timeout(5):
        frame: Frame = msgspec.json.decode(await socket.recv())
        return frame


@pytest.mark.parametrize("name", BAD_FRAMES)
async def test_a_bad_frame_gets_an_error(socket: ClientConnection, name: str) -> None:
    """X7, Z6"""
    text, code = BAD_FRAMES[name]
    await socket.send(text)
    answer = await receive(socket)
    assert (answer["type"], answer["code"]) == ("error", code)
    assert answer["message"]


async def test_an_error_names_the_field_and_the_command(socket: ClientConnection) -> None:
    """X7, R3"""
    await socket.send('{"type": "get_availability", "id": "7", "expert_id": "nobody", "timezone": "UTC"}')
    answer = await receive(socket)
    assert (answer["id"], answer["details"][0]["field"]) == ("7", "expert_id")


async def closed(socket: ClientConnection, *, within: float = 8) -> int | None:
    """The close code, after reading whatever comes before it."""
    async with asyncio.timeout(within):
        while True:
            try:
                await socket.recv()
            except ConnectionClosed as gone:
                return gone.rcvd.code if gone.rcvd else None


async def test_three_bad_frames_close_the_socket(socket: ClientConnection) -> None:
    for _ in range(3):
        await socket.send("nonsense")
    assert await closed(socket) == 4400


async def test_binary_is_refused(socket: ClientConnection) -> None:
    await socket.send(b"\x00\xff")
    assert (await receive(socket))["code"] == "invalid"


async def test_too_large_a_frame_closes_the_socket(socket: ClientConnection) -> None:
    """Q8"""
    await socket.send('{"type": "ping", "seq": ' + " " * 40_000 + "0}")
    assert (await receive(socket))["code"] == "too_large"
    assert await closed(socket) == 4413


async def test_a_megabyte_ends_only_its_own_socket(socket: ClientConnection, url: str) -> None:
    """Q8, Z6"""
    async with Visitor(url) as ann:
        await ann.start()
        await socket.send("x" * 1_000_000)
        assert await closed(socket) == 1009
        assert (await ann.do("stop_reply"))["type"] == "ack"


async def test_who_never_joins_is_sent_away(socket: ClientConnection) -> None:
    assert await closed(socket, within=8) == 4408


async def test_others_are_served_while_one_sends_nonsense(url: str) -> None:
    """Z6"""
    async with Visitor(url) as ann:
        await ann.start()
        for text, _ in BAD_FRAMES.values():
            async with connect(url.replace("http", "ws") + "/ws/", max_size=None) as bad:
                await bad.send(text)
        started = time.perf_counter()
        await ann.do("stop_reply")
        assert time.perf_counter() - started < 1
