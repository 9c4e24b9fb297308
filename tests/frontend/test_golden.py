"""Transcripts of the real server, with the state they must lead to, for the page's own reducer to fold."""

import json
import os
import re
from pathlib import Path
from typing import Any

from tests.stack import Stack
from unobot.visitor import Frame, Visitor

FOLDER = Path(__file__).resolve().parents[2] / "frontend" / "src" / "session" / "golden"
REWRITE = "UNOBOT_WRITE_GOLDEN"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORDS = (
    "I'm Lena Brandt from Nordwind Maschinenbau, our monthly reporting takes four days of manual work in Excel",
    "40,000 to 60,000 EUR, by the end of June 2027, and I decide",
    "Sorry, the budget is actually 50,000 EUR",
)


async def a_whole_visit(visitor: Visitor) -> None:
    await visitor.expect("message")
    for words in WORDS:
        await visitor.say(words)
    await visitor.http.post(
        f"/api/v1/sessions/{visitor.session_id}/attachments",
        data={"id": "file"},
        files={"file": ("process.md", b"# Month end")},
        headers=visitor.authorization,
    )
    await visitor.do("generate_prd")
    await visitor.expect("prd_generated")
    await visitor.do("generate_prd", feedback="Please no chatbot.", sections=["out_of_scope"])
    await visitor.expect(lambda frame: frame["type"] == "prd_generated" and frame["version"] == 2)
    await visitor.do("share_prd", version=1)
    await visitor.do("unshare_prd", version=1)
    await visitor.do("approve_prd", version=2)
    await visitor.expect("prd_approved")
    await visitor.do("match_experts")
    expert = (await visitor.expect("experts_matched"))["experts"][0]
    free = await visitor.do("get_availability", expert_id=expert["id"], timezone="Europe/Berlin")
    wish = {"expert_id": expert["id"], "start_time": free["slots"][0]["start_time"]}
    await visitor.do("hold_slot", **wish)
    hold = await visitor.expect("slot_held")
    who = {"client_name": "Lena Brandt", "client_email": "lena@nordwind-maschinenbau.de"}
    await visitor.do("create_booking", **wish, **who, timezone="Europe/Berlin", hold_id=hold["hold_id"])
    booked = await visitor.expect("booking_confirmed")
    later = free["slots"][-1]["start_time"]
    await visitor.do("reschedule_booking", booking_id=booked["booking_id"], start_time=later)
    await visitor.expect("booking_rescheduled")
    await visitor.do("set_consent", granted=True)
    await visitor.expect("consent_recorded")


async def told_by_the_database(visitor: Visitor) -> dict[str, Any]:
    """What the page must show, from the rows and not from the events."""
    answer = await visitor.http.get(f"/api/v1/sessions/{visitor.session_id}/export", headers=visitor.authorization)
    kept = answer.json()
    said = [{"role": message["role"], "content": message["content"]} for message in kept["messages"]]
    values = {slot: {"value": fact["value"], "status": fact["status"]} for slot, fact in kept["facts"].items()}
    [booking] = [row for row in kept["bookings"] if row["status"] == "confirmed"]
    return {
        "lastSeq": kept["session"]["last_seq"],
        "phase": kept["session"]["phase"],
        "messages": said,
        "files": [file["name"] for file in kept["files"]],
        "facts": values,
        "prds": [{"version": version["number"], "status": version["status"]} for version in kept["prds"]],
        "booking": {
            "start_time": booking["start"],
            "end_time": booking["end"],
            "client_email": booking["client_email"],
        },
        "hold": None,
        "closed": False,
    }


def with_stable_ids(text: str) -> str:
    """Ids by order of appearance, so that a new recording differs only where the server does."""
    known: dict[str, str] = {}
    return UUID.sub(lambda found: known.setdefault(found[0], f"00000000-0000-4000-8000-{len(known):012d}"), text)


def shapes(events: list[Frame]) -> dict[str, list[str]]:
    return {event["type"]: sorted(event) for event in events}


async def test_the_recorded_visit_has_the_shape_of_a_real_one(embedded: Stack) -> None:
    """O4: UNOBOT_WRITE_GOLDEN=1 records it anew."""
    url = next(process.url for process in embedded.processes if process.url)
    async with Visitor(url) as lena:
        await lena.start(language="en", timezone="Europe/Berlin")
        await a_whole_visit(lena)
        golden = {"name": "a whole visit", "events": lena.log, "expected": await told_by_the_database(lena)}
    path = FOLDER / "visit.json"
    if os.environ.get(REWRITE):
        path.write_text(with_stable_ids(json.dumps(golden, indent=1, ensure_ascii=False)) + "\n", encoding="utf-8")
    recorded = json.loads(path.read_text(encoding="utf-8"))
    assert shapes(recorded["events"]) == shapes(lena.log)
