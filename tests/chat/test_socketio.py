"""Clients of the original product speak Socket.IO; they get the same rooms and rules."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection, connect

from unobot.visitor import Visitor


async def packet(socket: ClientConnection) -> str:
    async with asyncio.timeout(5):
        return str(await socket.recv())


async def packet_with(socket: ClientConnection, prefix: str) -> Any:
    while not (text := await packet(socket)).startswith(prefix):
        pass
    return msgspec.json.decode(text.removeprefix(prefix))


@pytest.fixture
async def ann(url: str) -> AsyncIterator[Visitor]:
    async with Visitor(url) as visitor:
        await visitor.start(language="en")
        yield visitor


@pytest.fixture(params=["/socket.io/", "/ws/"])
async def socket(request: pytest.FixtureRequest, url: str) -> AsyncIterator[ClientConnection]:
    """A connection after the Engine.IO handshake, in the default namespace."""
    address = url.replace("http", "ws") + request.param + "?EIO=4&transport=websocket"
    async with connect(address) as connection:
        assert msgspec.json.decode((await packet(connection))[1:])["upgrades"] == []
        await connection.send("40")
        assert (await packet(connection)).startswith('40{"sid":')
        yield connection


def event(name: str, payload: dict[str, Any], ack: str = "") -> str:
    return f"42{ack}" + msgspec.json.encode([name, payload]).decode()


async def join(socket: ClientConnection, ann: Visitor) -> None:
    await socket.send(event("join_session", {"session_id": ann.session_id, "token": ann.token}))
    assert (await packet_with(socket, "42"))[0] == "connected"


async def test_a_socket_io_client_joins_and_is_answered(socket: ClientConnection, ann: Visitor) -> None:
    """X1, X2"""
    await join(socket, ann)
    await socket.send(event("send_message", {"content": "We are Ito Foods."}, ack="5"))
    assert (await packet_with(socket, "435"))[0]["type"] == "ack"
    await ann.expect(lambda f: f["type"] == "message" and f["user_message"] is not None)


async def test_its_errors_come_back_to_the_callback(socket: ClientConnection, ann: Visitor) -> None:
    """X7"""
    await join(socket, ann)
    await socket.send(event("confirm_summary", {}, ack="6"))
    assert (await packet_with(socket, "436"))[0]["code"] == "conflict"


async def test_a_wrong_token_is_refused(socket: ClientConnection, ann: Visitor) -> None:
    """Q1"""
    await socket.send(event("join_session", {"session_id": ann.session_id, "token": "guess"}))
    name, error = await packet_with(socket, "42")
    assert (name, error["code"]) == ("error", "forbidden")


async def test_nonsense_gets_an_error(socket: ClientConnection) -> None:
    """Z6"""
    await socket.send("42{}")
    name, error = await packet_with(socket, "42")
    assert (name, error["code"]) == ("error", "invalid")


async def test_the_namespace_of_the_original_is_served(url: str, ann: Visitor) -> None:
    async with connect(url.replace("http", "ws") + "/ws/?EIO=4&transport=websocket") as connection:
        await packet(connection)
        await connection.send("40/ws,")
        assert (await packet(connection)).startswith("40/ws,")
        join_frame = [{"session_id": ann.session_id, "token": ann.token}]
        await connection.send('42/ws,["join_session",' + msgspec.json.encode(join_frame[0]).decode() + "]")
        assert (await packet_with(connection, "42/ws,"))[0] == "connected"
