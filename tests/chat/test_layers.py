"""Pushes from any thread reach an idle listener at once, and never raise."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator

import pytest
import redis.asyncio
from django.conf import settings

from chat.layers import ProcessLayer, RedisLayer, RoomLayer


async def listener(layer: RoomLayer, group: str) -> str:
    channel = await layer.new_channel()
    await layer.group_add(group, channel)
    return channel


async def receive(layer: RoomLayer, channel: str, *, within: float = 2.0) -> object:
    async with asyncio.timeout(within):
        return await layer.receive(channel)


async def test_a_push_from_a_thread_wakes_an_idle_listener_at_once() -> None:
    layer = ProcessLayer()
    channel = await listener(layer, "room")
    waiting = asyncio.create_task(receive(layer, channel))
    await asyncio.sleep(0.05)
    threading.Thread(target=layer.push, args=("room", {"type": "hello"})).start()
    started = time.perf_counter()
    assert await waiting == {"type": "hello"}
    assert time.perf_counter() - started < 0.5


async def test_pushes_arrive_in_order() -> None:
    layer = ProcessLayer()
    channel = await listener(layer, "room")
    for number in range(50):
        layer.push("room", {"type": "n", "number": number})
    received = [await receive(layer, channel) for _ in range(50)]
    assert received == [{"type": "n", "number": number} for number in range(50)]


async def test_a_full_channel_drops_and_does_not_raise() -> None:
    layer = ProcessLayer(capacity=3)
    channel = await listener(layer, "room")
    for number in range(10):
        layer.push("room", {"type": "n", "number": number})
    assert [await receive(layer, channel) for _ in range(3)] == [{"type": "n", "number": n} for n in range(3)]


def test_a_push_to_nobody_is_nothing() -> None:
    ProcessLayer().push("room", {"type": "hello"})


async def test_a_push_without_redis_still_reaches_this_process() -> None:
    """Z4"""
    layer = RedisLayer("redis://127.0.0.1:1/0")
    channel = await listener(layer, "room")
    layer.push("room", {"type": "hello"})
    assert await receive(layer, channel) == {"type": "hello"}


@pytest.fixture
async def two_processes() -> AsyncIterator[tuple[RedisLayer, RedisLayer]]:
    first, second = RedisLayer(settings.REDIS_URL, prefix="test"), RedisLayer(settings.REDIS_URL, prefix="test")
    yield first, second
    for layer in (first, second):
        if layer._listener:
            layer._listener.cancel()


async def redis_knows(group: str) -> bool:
    async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client:
        return bool((await client.pubsub_numsub(f"test:{group}"))[0][1])


async def subscribed(layer: RedisLayer, group: str) -> str:
    channel = await listener(layer, group)
    async with asyncio.timeout(5):
        while not await redis_knows(group):
            await asyncio.sleep(0.01)
    return channel


@pytest.mark.scaleout
async def test_a_push_reaches_the_other_process_once(two_processes: tuple[RedisLayer, RedisLayer]) -> None:
    first, second = two_processes
    channel = await subscribed(second, "room-a")
    first.push("room-a", {"type": "hello"})
    assert await receive(second, channel) == {"type": "hello"}
    with pytest.raises(TimeoutError):
        await receive(second, channel, within=0.2)


@pytest.mark.scaleout
async def test_own_pushes_are_not_heard_twice(two_processes: tuple[RedisLayer, RedisLayer]) -> None:
    first, _ = two_processes
    channel = await subscribed(first, "room-b")
    first.push("room-b", {"type": "hello"})
    assert await receive(first, channel) == {"type": "hello"}
    with pytest.raises(TimeoutError):
        await receive(first, channel, within=0.2)
