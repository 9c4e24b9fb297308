"""One walk through every state that a visitor can meet. It reads no words, so that it goes in every language."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Locator, WebSocketRoute, expect

from tests.frontend.guest import ANSWERS, STORY, WAIT_MS, Guest
from tests.frontend.line import Line

RIVAL = {"client_name": "Ben Frey", "client_email": "ben.frey@example.com", "timezone": "Europe/Berlin"}
PLAN = {"name": "Monatsabschluss.md", "mimeType": "text/markdown", "buffer": b"# Month end"}
NO_PDF = {"name": "Organigramm.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"}


@dataclass
class Meddler:
    """Sits between page and server. Everything passes, except for what a scene asks to be otherwise."""

    url: str
    sockets: list[WebSocketRoute] = field(default_factory=list)
    taken: bool = False
    """Somebody else books each time that is about to be held."""
    empty: bool = False
    """No expert has a free time."""

    def stand(self, context: BrowserContext) -> None:
        context.route_web_socket("**/ws/", self._join)

    def _join(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self.sockets.append(page)
        page.on_message(lambda frame: server.send(self._outward(str(frame))))
        server.on_message(lambda frame: page.send(self._inward(str(frame))))

    def _outward(self, frame: str) -> str:
        if self.taken and '"hold_slot"' in frame:
            wish = json.loads(frame)
            self._rival(wish["expert_id"], wish["start_time"])
        return frame

    def _inward(self, frame: str) -> str:
        if self.empty and '"type":"availability"' in frame:
            return json.dumps({**json.loads(frame), "slots": []})
        return frame

    def _rival(self, expert_id: str, start_time: str) -> None:
        with httpx.Client(base_url=self.url) as http:
            begun = http.post("/api/v1/sessions", json={}).json()
            wish = {"type": "create_booking", "id": "1", "expert_id": expert_id, "start_time": start_time, **RIVAL}
            address = f"/api/v1/sessions/{begun['session_id']}/commands"
            http.post(address, json=wish, headers={"Authorization": f"Bearer {begun['token']}"}).raise_for_status()

    def say(self, frame: Mapping[str, Any]) -> None:
        self.sockets[-1].send(json.dumps(frame))


@dataclass
class Walk:
    """``states`` stops at each state by its name. The guest's line and meddler are the walk's own."""

    guest: Guest
    line: Line
    meddler: Meddler
    story: str = STORY
    answers: Mapping[str, str] = field(default_factory=lambda: ANSWERS)

    def states(self) -> Iterator[str]:
        for part in (self.greeting, self.talking, self.planning, self.choosing, self.booking, self.leaving):
            yield from part()

    def greeting(self) -> Iterator[str]:
        yield "greeting"
        self.press(".menu button")
        yield "menu"
        self.press(".menu button")
        self.press(".header-human")
        yield "human question"
        self.close()

    def talking(self) -> Iterator[str]:
        self.guest.ask(self.story)
        yield "talk"
        before = self.guest.replies.count()
        self.line.cut()
        self.guest.say(self.answers["tech_stack"])
        self.seen(".banner")
        yield "offline"
        self.line.mend()
        expect(self.guest.replies).to_have_count(before + 1, timeout=WAIT_MS)
        self.seen(".banner", count=0)
        self.files()
        yield "files"
        self.press(".message-problem .button")
        self.guest.tell(None, self.answers)
        yield "plan written"

    def files(self) -> None:
        before = self.guest.replies.count()
        self.page.locator("input[type=file]").set_input_files([PLAN, NO_PDF])
        self.seen(".message-problem")
        expect(self.guest.replies).to_have_count(before + 1, timeout=WAIT_MS)

    def planning(self) -> Iterator[str]:
        self.press(".prd-card .button-primary")
        self.seen("dialog .document h3")
        yield "plan"
        self.close()
        yield from self.facts()

    def facts(self) -> Iterator[str]:
        self.page.locator(".header-brief").dispatch_event("click")  # a wide page hides what it shows beside
        self.seen("dialog .brief")
        yield "brief"
        self.close()
        for slot in ("challenges", "industry", "budget", "timeline", "decision_maker"):
            self.press(f"[data-slot={slot}] .fact-edit")
            self.seen("dialog .dialog-body")
            yield f"fact {slot}"
            self.close()

    def choosing(self) -> Iterator[str]:
        self.press(".quick-answer")
        self.seen(".expert")
        self.press(".reasons summary")
        yield "experts"
        self.meddler.empty = True
        self.press(".expert .button-primary")
        self.seen(".calendar-empty")
        yield "no free times"
        self.meddler.empty = False
        self.close()
        self.press(".expert .button-primary")
        self.seen(".slot")
        yield "calendar"
        self.meddler.taken = True
        self.press(".slot")
        self.seen(".refusal .slot")
        yield "time taken"
        self.meddler.taken = False

    def booking(self) -> Iterator[str]:
        self.press(".refusal .slot")
        self.seen(".details")
        yield "time held"
        self.page.locator(".details input[type=email]").fill("lena")
        self.press(".dialog-foot .button-primary")
        yield "mistake in the form"
        self.page.locator(".details input[type=email]").fill("lena.brandt@nordwind-maschinenbau.de")
        self.press(".dialog-foot .button-primary")
        self.seen(".booking")
        yield "booked"
        self.press(".booking .button-quiet")
        self.seen(".slot")
        yield "reschedule"
        self.close()
        self.press(".booking .button-quiet", at=1)
        yield "cancel question"
        self.press(".dialog-foot .button-danger")
        self.seen(".card-icon-bad")
        yield "booking cancelled"

    def leaving(self) -> Iterator[str]:
        self.press(".header-human")
        self.press(".dialog-foot .button-primary")
        self.seen(".toast-good")
        yield "handed over"
        self.press(".menu button")
        self.press(".menu-panel .button", at=1)
        yield "elsewhere"
        self.close()
        self.press(".menu button")
        self.press(".menu-panel .button", at=2)
        self.press("dialog .actions .button", at=1)
        self.seen("dialog .alert")
        yield "my data"
        self.press("dialog .button-danger")
        self.seen(".ending")
        yield "erased"
        self.press(".ending .button")
        self.guest.greeted()
        self.forget_the_token()
        yield "refused"
        self.press(".ending .button")
        self.guest.greeted()
        self.meddler.say({"type": "experts_matched", "seq": 2, "experts": None, "pairs": []})
        self.seen(".crash")
        yield "crashed"

    def forget_the_token(self) -> None:
        """As after the conversation has expired: what this browser holds opens nothing any more."""
        self.page.evaluate(
            "() => { const held = JSON.parse(localStorage.getItem('unobot.session'));"
            "localStorage.setItem('unobot.session', JSON.stringify({...held, token: 'x'})) }"
        )
        self.page.reload()
        self.seen(".ending")

    @property
    def page(self) -> Any:
        return self.guest.page

    def press(self, selector: str, *, at: int = 0) -> None:
        self.page.locator(selector).nth(at).click()

    def seen(self, selector: str, *, count: int | None = None) -> None:
        found: Locator = self.page.locator(selector)
        if count is None:
            expect(found.first).to_be_visible(timeout=WAIT_MS)
        else:
            expect(found).to_have_count(count, timeout=WAIT_MS)

    def close(self) -> None:
        self.page.keyboard.press("Escape")
