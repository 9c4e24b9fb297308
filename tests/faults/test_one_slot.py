"""Fifty visitors want one time through two web processes, and one of the processes dies while they ask."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.conftest import scaled_out_stack
from tests.stack import Stack
from unobot.visitor import Visitor

pytestmark = [pytest.mark.faults, pytest.mark.scaleout]

CROWD = 50
WHO = {"timezone": "Europe/Paris", "client_name": "Vera Stein", "client_email": "vera@example.com"}
Answer = tuple[int, dict[str, Any]]


@pytest.fixture
def pair(tmp_path: Path, prepared_database: str) -> Iterator[Stack]:
    """Two web processes, one of which may be killed; nobody works off the mails, which are counted as promised."""
    stack = scaled_out_stack(tmp_path, prepared_database)
    stack.web()
    stack.web()
    yield stack
    stack.stop()


async def a_free_time(url: str) -> dict[str, str]:
    """In the middle of what an expert offers, so that nobody's notice matters."""
    async with Visitor(url) as ann:
        await ann.start(language="en")
        expert_id = (await ann.do("match_experts"))["result"]["expert_ids"][0]
        offered = await ann.do("get_availability", expert_id=expert_id, timezone="Europe/Paris", days=14)
    return {"expert_id": expert_id, "start_time": offered["slots"][len(offered["slots"]) // 2]["start_time"]}


async def begin(visitor: Visitor) -> None:
    begun = (await visitor.http.post("/api/v1/sessions", json={"language": "en"})).json()
    visitor.session_id, visitor.token = begun["session_id"], begun["token"]


async def ask(visitor: Visitor, wish: dict[str, str], refuge: str) -> Answer:
    """Book over REST; who loses the connection asks again at the process that lives, under the same id."""
    try:
        answer = await visitor.rest("create_booking", id="mine", **WHO, **wish)
    except httpx.TransportError:
        visitor.http.base_url = httpx.URL(refuge)
        answer = await visitor.rest("create_booking", id="mine", **WHO, **wish)
    return answer.status_code, answer.json()


def standing(stack: Stack, start: str) -> int:
    with psycopg.connect(stack.extra["DATABASE_URL"]) as connection:
        query = "SELECT count(*) FROM bookings_booking WHERE status IN ('held', 'confirmed') AND start = %s"
        row = connection.execute(query, [datetime.fromisoformat(start).astimezone(UTC)]).fetchone()
    return int(row[0]) if row else 0


async def rush(stack: Stack, wish: dict[str, str], delay: float) -> list[Answer]:
    """What each of the crowd was told in the end; half of them started at the process that is killed."""
    doomed, other = stack.processes
    async with AsyncExitStack() as crowd:
        homes = [(doomed if number % 2 else other).url for number in range(CROWD)]
        visitors = [await crowd.enter_async_context(Visitor(home, timeout=60)) for home in homes]
        await asyncio.gather(*(begin(visitor) for visitor in visitors))
        asked = [asyncio.create_task(ask(visitor, wish, other.url)) for visitor in visitors]
        await asyncio.sleep(delay)
        await asyncio.to_thread(doomed.kill)
        return await asyncio.gather(*asked)


@pytest.mark.parametrize("delay", [0.02, 0.15, 0.5])
async def test_one_time_goes_to_one_of_fifty_though_a_process_dies(pair: Stack, delay: float) -> None:
    """B2 B3 B5 Z4"""
    wish = await a_free_time(pair.processes[1].url)
    answers = await rush(pair, wish, delay)
    refused = [body for status, body in answers if status != 200]
    assert Counter(status for status, _ in answers) == {200: 1, 409: CROWD - 1}
    assert {body["code"] for body in refused} == {"slot_taken"}
    assert {len(body["alternatives"]) for body in refused} == {3}
    assert standing(pair, wish["start_time"]) == 1
