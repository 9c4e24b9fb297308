"""Every command over both transports, on both deployments, against real servers."""

import asyncio
import email.policy
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from chat.contract import ClientCommand, tag
from tests.stack import Stack
from unobot.management.commands.demo import ANSWERS, OPENING
from unobot.visitor import Frame, Visitor

Do = Callable[..., Awaitable[Frame]]
BERLIN = "Europe/Berlin"


@pytest.fixture
async def ann(url: str) -> AsyncIterator[Visitor]:
    """A visitor who has just been greeted."""
    async with Visitor(url) as visitor:
        await visitor.start(language="en", timezone=BERLIN)
        yield visitor


@pytest.fixture(params=["socket", "rest"])
def do(request: pytest.FixtureRequest, ann: Visitor) -> Do:
    """Send a command and get its answer, over either transport."""

    async def over_rest(kind: str, **fields: Any) -> Frame:
        answer: Frame = (await ann.rest(kind, **fields)).json()
        return answer

    return ann.do if request.param == "socket" else over_rest


async def talk_until_ready(visitor: Visitor) -> None:
    line = OPENING
    for _ in range(14):
        reply = await visitor.say(line)
        if any(frame["type"] == "prd_ready" for frame in visitor.log):
            return
        asking = reply["ai_message"]["meta"]["asking"]
        line = " ".join(ANSWERS[slot] for slot in asking if slot in ANSWERS) or "Please go on."
    raise AssertionError("no PRD after 14 turns")


async def first_free(visitor: Visitor, do: Do) -> tuple[str, list[Frame]]:
    """An expert of the shortlist and their free slots."""
    await do("match_experts")
    expert = (await visitor.expect("experts_matched"))["experts"][0]["id"]
    availability = await do("get_availability", expert_id=expert, timezone=BERLIN)
    return expert, availability["slots"]


async def book(visitor: Visitor, do: Do, index: int = 0) -> tuple[Frame, list[Frame]]:
    expert, slots = await first_free(visitor, do)
    ack = await do(
        "create_booking",
        expert_id=expert,
        start_time=slots[index]["start_time"],
        timezone=BERLIN,
        client_name="Ann Ito",
        client_email="ann@example.com",
    )
    assert ack["type"] == "ack", ack
    return await visitor.expect("booking_confirmed"), slots


async def send_message(ann: Visitor, do: Do) -> None:
    """X2, R2"""
    ack = await do("send_message", content="We lose orders because everything is in Excel.")
    assert (ack["type"], ack["duplicate"]) == ("ack", False)
    accepted = await ann.expect("message_accepted")
    answer = await ann.expect(lambda f: f["type"] == "message" and f["user_message"] is not None)
    assert answer["user_message"]["id"] == accepted["message"]["id"] == ack["result"]["message_id"]
    await ann.expect("typing_stop")
    kinds = [frame["type"] for frame in ann.frames]
    assert kinds.index("typing_start") < kinds.index("message_chunk") < kinds.index("typing_stop")


async def generate_prd(ann: Visitor, do: Do) -> None:
    """P1, P5"""
    await talk_until_ready(ann)
    await ann.expect("prd_generated")
    assert (await do("generate_prd", feedback="Please say more about training."))["type"] == "ack"
    prd = await ann.expect(lambda f: f["type"] == "prd_generated" and f["version"] == 2)
    assert len(prd["preview_text"]) <= 200
    assert "nordlicht" in (await ann.http.get(prd["url"])).text.lower()


async def documented(ann: Visitor, do: Do) -> Frame:
    """A first version."""
    await ann.say(OPENING)
    await do("generate_prd")
    return await ann.expect("prd_generated")


async def get_prd_versions(ann: Visitor, do: Do) -> None:
    """P7"""
    assert (await do("get_prd_versions"))["versions"] == []
    await documented(ann, do)
    [only] = (await do("get_prd_versions"))["versions"]
    assert (only["version"], only["state"], only["status"], only["author"]) == (1, "written", "draft", "unobot")
    assert only["link"]["downloads"] == 0


async def get_prd(ann: Visitor, do: Do) -> None:
    """P5, P7"""
    assert (await do("get_prd"))["code"] == "not_found"
    prd = await documented(ann, do)
    document = await do("get_prd", version=1)
    assert document["markdown"] == (await ann.http.get(prd["url"])).text
    assert [section["key"] for section in document["sections"]] == prd["sections"]
    assert {"rule", "section", "item", "text"} == set(document["hints"][0])
    assert (await do("get_prd", version=9))["code"] == "not_found"


async def get_prd_diff(ann: Visitor, do: Do) -> None:
    """P7"""
    await documented(ann, do)
    await do("generate_prd", feedback="The budget is 40,000 euros.", sections=["questions"])
    await ann.expect(lambda f: f["type"] == "prd_generated" and f["version"] == 2)
    difference = await do("get_prd_diff", before=1, after=2)
    assert difference["type"] == "prd_diff"
    assert {"kind", "section", "id", "before", "after"} == set(difference["changes"][0])


async def approve_prd(ann: Visitor, do: Do) -> None:
    """P7"""
    prd = await documented(ann, do)
    ack = await do("approve_prd", version=1)
    assert ack["result"] == {"prd_id": prd["prd_id"], "version": 1}
    approved = await ann.expect("prd_approved")
    assert (approved["version"], approved["by"]) == (1, "visitor")
    assert (await do("get_prd"))["status"] == "approved"
    assert (await do("approve_prd", version=2))["code"] == "not_found"


async def share_prd(ann: Visitor, do: Do) -> None:
    """P6"""
    prd = await documented(ann, do)
    await do("share_prd", version=1)
    shared = await ann.expect("prd_shared")
    assert (await ann.http.get(shared["url"])).status_code == 200
    assert (await ann.http.get(prd["url"])).status_code == 410


async def unshare_prd(ann: Visitor, do: Do) -> None:
    """P6"""
    prd = await documented(ann, do)
    assert (await do("unshare_prd", version=1))["result"] == {"closed": 1}
    await ann.expect("prd_unshared")
    assert (await ann.http.get(prd["url"])).status_code == 410
    own = f"/api/v1/sessions/{ann.session_id}/prd/1/md"
    assert (await ann.http.get(own, headers=ann.authorization)).text.startswith("---")


async def match_experts(ann: Visitor, do: Do) -> None:
    """E4, E3"""
    await ann.say(OPENING)
    assert (await do("match_experts", limit=2))["type"] == "ack"
    matched = await ann.expect("experts_matched")
    assert len(matched["experts"]) == 2
    assert all(expert["reasons"] and "email" not in expert for expert in matched["experts"])


async def get_availability(ann: Visitor, do: Do) -> None:
    """K3, X5"""
    _, slots = await first_free(ann, do)
    assert len(slots) >= 5
    assert {"start_time", "end_time", "display_date", "display_time", "expert_time"} == set(slots[0])


async def hold_slot(ann: Visitor, do: Do) -> None:
    expert, slots = await first_free(ann, do)
    ack = await do("hold_slot", expert_id=expert, start_time=slots[3]["start_time"])
    held = await ann.expect("slot_held")
    assert held["hold_id"] == ack["result"]["hold_id"]


async def release_hold(ann: Visitor, do: Do) -> None:
    expert, slots = await first_free(ann, do)
    ack = await do("hold_slot", expert_id=expert, start_time=slots[4]["start_time"])
    await do("release_hold", hold_id=ack["result"]["hold_id"])
    released = await ann.expect("hold_released")
    assert released["hold_id"] == ack["result"]["hold_id"]


async def create_booking(ann: Visitor, do: Do) -> None:
    """B1, X6"""
    confirmed, slots = await book(ann, do)
    assert confirmed["start_time"] == slots[0]["start_time"]
    assert confirmed["meeting_link"].startswith("https://")


async def reschedule_booking(ann: Visitor, do: Do) -> None:
    confirmed, slots = await book(ann, do, index=1)
    booking, later = confirmed["booking_id"], slots[-1]["start_time"]
    ack = await do("reschedule_booking", booking_id=booking, start_time=later)
    assert ack["type"] == "ack", ack
    moved = await ann.expect("booking_rescheduled")
    assert (moved["old_start_time"], moved["start_time"]) == (confirmed["start_time"], later)
    await do("cancel_booking", booking_id=booking)


async def cancel_booking(ann: Visitor, do: Do) -> None:
    """B6"""
    confirmed, _ = await book(ann, do, index=2)
    await do("cancel_booking", booking_id=confirmed["booking_id"], reason="ill")
    assert (await ann.expect("booking_cancelled"))["booking_id"] == confirmed["booking_id"]


async def edit_fact(ann: Visitor, do: Do) -> None:
    await do("edit_fact", slot="company", value="Ito Foods")
    facts = (await ann.expect("facts_updated"))["facts"]
    assert (facts["company"]["value"], facts["company"]["status"]) == ("Ito Foods", "confirmed")


async def retract_fact(ann: Visitor, do: Do) -> None:
    await do("edit_fact", slot="company", value="Ito Foods")
    await do("retract_fact", slot="company")
    gone = await ann.expect(lambda f: f["type"] == "facts_updated" and "company" not in f["facts"])
    assert gone["changed"] == ["company"]


async def confirm_summary(ann: Visitor, do: Do) -> None:
    """C10"""
    refused = await do("confirm_summary")
    assert (refused["type"], refused["code"]) == ("error", "conflict")


async def set_consent(ann: Visitor, do: Do) -> None:
    """I10"""
    await do("set_consent", granted=True)
    assert (await ann.expect("consent_recorded"))["granted"] is True


async def send_resume_link(ann: Visitor, do: Do) -> None:
    """S3"""
    assert (await do("send_resume_link"))["details"][0]["field"] == "email"
    assert (await do("send_resume_link", email="ann@example.com"))["result"] == {"sent_to": "ann@example.com"}


async def request_human(ann: Visitor, do: Do) -> None:
    await do("request_human", reason="I prefer to talk")
    assert (await ann.expect("handed_over"))["active"] is True
    assert (await ann.expect("phase_change"))["phase"] == "handed_over"


async def stop_reply(ann: Visitor, do: Do) -> None:
    assert (await do("stop_reply"))["result"] == {"stopped": 0}


async def give_feedback(ann: Visitor, do: Do) -> None:
    greeting = (await ann.expect("message"))["ai_message"]["id"]
    assert (await do("give_feedback", message_id=greeting, rating=1))["type"] == "ack"
    foreign = await do("give_feedback", message_id=str(uuid4()), rating=1)
    assert foreign["code"] == "not_found"


async def export_data(ann: Visitor, do: Do) -> None:
    await do("edit_fact", slot="company", value="Ito Foods")
    url = (await do("export_data"))["result"]["url"]
    exported = (await ann.http.get(url, headers=ann.authorization)).json()
    assert exported["facts"]["company"]["value"] == "Ito Foods"


async def erase_data(ann: Visitor, do: Do) -> None:
    await ann.say("We are Ito Foods.")
    assert (await do("erase_data"))["result"]["erased"] is False
    assert (await do("erase_data", confirm=True))["result"]["messages"] >= 2
    await ann.expect("session_erased")
    assert (await ann.rest("stop_reply")).status_code in (403, 410)


async def ping(ann: Visitor, do: Do) -> None:
    if do == ann.do:
        await ann.send({"type": "ping", "seq": ann.cursor})
        assert (await ann.expect("pong"))["last_seq"] == ann.cursor


async def typing(ann: Visitor, do: Do) -> None:
    if do == ann.do:
        await ann.send({"type": "typing"})
    assert (await do("stop_reply"))["type"] == "ack"


async def join_session(ann: Visitor, do: Do) -> None:
    """X1"""
    connected = await ann.join()
    assert connected["session_id"] == ann.session_id
    assert connected["connection_id"]


SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (
        send_message,
        generate_prd,
        get_prd_versions,
        get_prd,
        get_prd_diff,
        approve_prd,
        share_prd,
        unshare_prd,
        match_experts,
        get_availability,
        hold_slot,
        release_hold,
        create_booking,
        reschedule_booking,
        cancel_booking,
        edit_fact,
        retract_fact,
        confirm_summary,
        set_consent,
        send_resume_link,
        request_human,
        stop_reply,
        give_feedback,
        export_data,
        erase_data,
        ping,
        typing,
        join_session,
    )
}


def test_no_command_is_without_a_scenario() -> None:
    assert set(SCENARIOS) == {tag(command) for command in ClientCommand.__args__}


@pytest.mark.parametrize("command", SCENARIOS)
async def test_command_over_both_transports(command: str, ann: Visitor, do: Do) -> None:
    """X1-X6, R1, R2: each scenario names its own."""
    await SCENARIOS[command](ann, do)


async def test_a_resent_command_is_acknowledged_and_not_done_again(ann: Visitor, do: Do) -> None:
    """B5, Z2"""
    first = await do("send_message", id="m1", content="We are Ito Foods.")
    again = await do("send_message", id="m1", content="We are Ito Foods.")
    assert (again["duplicate"], again["seq"]) == (True, first["seq"])
    await ann.say("Anything else?")
    assert [f["message"]["content"] for f in ann.log if f["type"] == "message_accepted"].count("We are Ito Foods.") == 1


async def test_an_id_used_for_another_command_is_a_conflict(do: Do) -> None:
    await do("send_message", id="m1", content="We are Ito Foods.")
    assert (await do("send_message", id="m1", content="We are Sato Foods."))["code"] == "conflict"


@pytest.mark.parametrize("content", ["", "  \n ", None])
async def test_a_message_without_text_is_refused_and_stores_nothing(ann: Visitor, do: Do, content: str | None) -> None:
    """W7, X7"""
    refused = await do("send_message", content=content)
    assert (refused["type"], refused["code"]) == ("error", "invalid")
    assert not any(frame["type"] == "message_accepted" for frame in await ann.events())


async def test_a_failed_command_does_not_burn_its_id(do: Do) -> None:
    assert (await do("edit_fact", id="e1", slot="email", value="not an address"))["code"] == "invalid"
    assert (await do("edit_fact", id="e1", slot="email", value="ann@example.com"))["type"] == "ack"


async def test_the_resume_link_leads_to_this_server_and_opens_the_session_elsewhere(ann: Visitor, url: str) -> None:
    """S3, N5"""
    address, _, secret = ann.resume_url.partition("/#resume=")
    assert address.startswith("http://127.0.0.1:")
    resumed = (await ann.http.post(f"{url}/api/v1/resume", json={"token": secret})).json()
    ann.token = resumed["token"]
    assert (await ann.join())["session_id"] == ann.session_id


async def test_the_link_in_the_mail_opens_the_session_elsewhere(ann: Visitor, url: str, deployment: Stack) -> None:
    """S3"""
    await ann.do("send_resume_link", email=f"{ann.session_id}@example.com")
    secret = await asyncio.to_thread(secret_mailed, deployment.data / "mails", f"{ann.session_id}@example.com")
    resumed = (await ann.http.post(f"{url}/api/v1/resume", json={"token": secret})).json()
    assert resumed["session_id"] == ann.session_id


def secret_mailed(folder: Path, to: str) -> str:
    """From the file that stands for the mail once it has been sent."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        for path in folder.glob("*.log"):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            part = mail.get_body(("plain",)) if mail["To"] == to else None
            if part is not None and (found := re.search(r"#resume=([\w-]{43})", part.get_content())):
                return found[1]
        time.sleep(0.1)
    raise AssertionError("no mail with a link")


async def test_quick_messages_are_answered_in_order(ann: Visitor) -> None:
    """Z5, S1"""
    for number in range(5):
        await ann.do("send_message", content=f"Note number {number}: we use Excel.")
    await ann.expect(
        lambda f: f["type"] == "message" and "number 4" in (f["user_message"] or {"content": ""})["content"]
    )
    answered = [f["user_message"]["number"] for f in ann.log if f["type"] == "message" and f["user_message"]]
    assert answered == sorted(answered)
    assert len(answered) == 5


async def test_all_sockets_of_a_session_see_the_same_and_others_nothing(ann: Visitor, deployment: Stack) -> None:
    """X8"""
    other_node = [process.url for process in deployment.processes if process.url][-1]
    async with Visitor(other_node) as phone, Visitor(other_node) as ben:
        phone.session_id, phone.token = ann.session_id, ann.token
        await phone.join()
        await ben.start()
        await ann.say("We are Ito Foods.")
        await phone.expect(lambda f: f.get("seq") == ann.cursor)
        assert phone.log == ann.log
        assert not any("Ito" in str(frame) for frame in ben.frames)


async def test_the_rest_twin_reads_the_same_events(ann: Visitor) -> None:
    """R2, S5"""
    await ann.say("We are Ito Foods.")
    assert await ann.events() == ann.log
    assert await ann.events(after=ann.cursor) == []


async def test_a_long_poll_ends_when_there_is_something_new(ann: Visitor) -> None:
    after = ann.cursor
    ack = await ann.rest("send_message", content="We are Ito Foods.")
    assert ack.status_code == 200
    events = await ann.events(after=after, wait=20)
    assert events[0]["type"] == "message_accepted"


async def test_ten_drops_show_each_message_once_and_in_order(ann: Visitor) -> None:
    """Z1, Z2"""
    for number in range(10):
        await ann.do("send_message", id=f"m{number}", content=f"Note {number}: we use Excel.")
        await ann.join()
    await ann.expect(lambda f: f["type"] == "message" and "Note 9" in str(f["user_message"]))
    assert [frame["seq"] for frame in ann.log] == list(range(1, ann.cursor + 1))
    said = [f["message"]["content"][:6] for f in ann.log if f["type"] == "message_accepted"]
    assert said == [f"Note {number}" for number in range(10)]
