"""An edit in one process is known in every other with the next message, on both deployments."""

from collections.abc import Iterator

import httpx
import pytest

from tests.stack import Stack
from tests.unobot.test_catalogue import NEW
from unobot.visitor import Visitor

PASSWORD = "rather long and unlikely"
SAID = "We want additive manufacturing for spare parts. It takes us six weeks to get any."
REMARK = "The drawing comes before the printer."
TOPICS = "/admin/catalogue/topic"


def _webs(stack: Stack) -> list[str]:
    return [process.url for process in stack.processes if process.url]


class Clerk:
    """Somebody signed in to the back office of one web process."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, follow_redirects=True, timeout=60)
        self.http.get("/admin/login/")
        self.send("/admin/login/", username="kim", password=PASSWORD)

    def send(self, page: str, **fields: str) -> str:
        token = self.http.cookies.get("csrftoken", "")
        answer = self.http.post(page, data={"csrfmiddlewaretoken": token, **fields}, headers={"Referer": page})
        answer.raise_for_status()
        return answer.text


@pytest.fixture
def clerk(deployment: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """At the first web process; her topic is gone afterwards, because the deployment is shared."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    deployment.manage("createsuperuser", "--noinput", "--username", "kim", "--email", "kim@example.org")
    clerk = Clerk(_webs(deployment)[0])
    yield clerk
    clerk.send(f"{TOPICS}/additive_manufacturing/en/", do="reset")


async def reply(url: str) -> str:
    async with Visitor(url) as visitor:
        await visitor.start(language="en")
        return str((await visitor.say(SAID))["ai_message"]["content"])


async def test_a_topic_added_in_one_process_is_spoken_of_in_the_others(deployment: Stack, clerk: Clerk) -> None:
    visitors_web = _webs(deployment)[-1]
    assert REMARK not in await reply(visitors_web)
    clerk.send(f"{TOPICS}/new/", **NEW)
    edited = {"label:": NEW["label:"], "aliases:": NEW["aliases:"], "thought:": REMARK, "after": "1", "do": "save"}
    assert "Saved." in clerk.send(f"{TOPICS}/additive_manufacturing/en/", **edited)
    assert REMARK in await reply(visitors_web)
