"""Nobody reaches another's session by any command or route."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from chat.contract import ClientAction, tag
from unobot.visitor import Visitor

BODIES: dict[str, dict[str, object]] = {
    "send_message": {"content": "hello"},
    "hold_slot": {"expert_id": str(uuid4()), "start_time": "2026-12-01T09:00:00Z"},
    "release_hold": {"hold_id": str(uuid4())},
    "create_booking": {
        "expert_id": str(uuid4()),
        "start_time": "2026-12-01T09:00:00Z",
        "timezone": "UTC",
        "client_name": "Mallory",
        "client_email": "m@example.com",
    },
    "reschedule_booking": {"booking_id": str(uuid4()), "start_time": "2026-12-01T09:00:00Z"},
    "cancel_booking": {"booking_id": str(uuid4())},
    "edit_fact": {"slot": "company", "value": "Mallory Ltd"},
    "retract_fact": {"slot": "company"},
    "set_consent": {"granted": True},
    "give_feedback": {"message_id": str(uuid4()), "rating": 1},
    "get_availability": {"expert_id": str(uuid4()), "timezone": "UTC"},
}
KINDS = [tag(command) for command in ClientAction.__args__] + ["get_availability", "ping", "typing"]


@pytest.fixture
async def mallory(url: str) -> AsyncIterator[Visitor]:
    """Mallory has a session of her own, and knows the id of Ann's."""
    async with Visitor(url) as ann, Visitor(url) as visitor:
        await ann.start()
        await visitor.start()
        visitor.session_id = ann.session_id
        yield visitor


@pytest.mark.parametrize("kind", KINDS)
async def test_no_command_reaches_anothers_session(mallory: Visitor, kind: str) -> None:
    """Q1"""
    body = BODIES.get(kind, {})
    extra = {} if kind in ("ping", "typing") else {"id": "1"}
    path = f"/api/v1/sessions/{mallory.session_id}/commands"
    response = await mallory.http.post(path, json={"type": kind, **extra, **body}, headers=mallory.authorization)
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("path", ["", "/events", "/export"])
async def test_no_route_reads_anothers_session(mallory: Visitor, path: str) -> None:
    """Q1"""
    response = await mallory.http.get(f"/api/v1/sessions/{mallory.session_id}{path}", headers=mallory.authorization)
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


async def test_no_socket_joins_anothers_session(mallory: Visitor) -> None:
    """Q1"""
    answer = await mallory.join()
    assert (answer["type"], answer["code"]) == ("error", "forbidden")


async def test_an_unknown_session_gets_the_same_answer_as_a_wrong_token(mallory: Visitor) -> None:
    """Q1"""
    wrong = await mallory.join()
    mallory.session_id = str(uuid4())
    assert await mallory.join() == wrong


async def test_nothing_is_served_without_a_token(mallory: Visitor) -> None:
    """Q1"""
    response = await mallory.http.get(f"/api/v1/sessions/{mallory.session_id}/events")
    assert response.status_code == 403


async def test_what_one_visitor_booked_another_cannot_cancel(url: str) -> None:
    """Q1, B6"""
    async with Visitor(url) as ann, Visitor(url) as ben:
        await ann.start()
        await ben.start()
        await ann.do("match_experts")
        expert = (await ann.expect("experts_matched"))["experts"][-1]["id"]
        slots = (await ann.do("get_availability", expert_id=expert, timezone="UTC"))["slots"]
        held = await ann.do("hold_slot", expert_id=expert, start_time=slots[-1]["start_time"])
        answer = await ben.do("release_hold", hold_id=held["result"]["hold_id"])
        assert (answer["type"], answer["code"]) == ("error", "not_found")
