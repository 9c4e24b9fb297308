"""A person at the page, as browser tests need them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Locator, Page, expect

WAIT_MS = 15_000
MOST_TURNS = 14
STORY = "Hi, I'm Lena Brandt from Nordwind Maschinenbau. Our monthly reporting takes four days of manual work in Excel."
ANSWERS = {
    "challenges": "It happens every month and costs us four days of two controllers.",
    "company": "We are Nordwind Maschinenbau, 450 people.",
    "industry": "We are in manufacturing.",
    "company_size": "450 people",
    "tech_stack": "We use SAP and Excel today.",
    "success_criteria": "Closing the month in one day.",
    "timeline": "by the end of June 2027",
    "budget": "40,000 to 60,000 EUR",
    "decision_maker": "I decide this together with our CFO.",
    "name": "Lena Brandt",
    "email": "lena.brandt@nordwind-maschinenbau.de",
    "consent": "yes",
    "confirm": "yes",
}
ASKED = """async () => {
    const {sessionId, token} = JSON.parse(localStorage.getItem("unobot.session"));
    const headers = {Authorization: `Bearer ${token}`};
    const {events} = await (await fetch(`/api/v1/sessions/${sessionId}/events?after=0&wait=0`, {headers})).json();
    return events.filter(event => event.type === "message").at(-1).ai_message.meta.asking;
}"""


@dataclass
class Guest:
    """One tab of one visitor. ``complaints`` are what the browser logged as errors, refusals of the policy included."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, url: str, *, ready: bool = True) -> "Guest":
        guest = cls(context.new_page())
        guest.page.set_default_timeout(WAIT_MS)
        guest.page.on("console", lambda message: guest._hear(message.type, message.text))
        guest.page.on("pageerror", lambda error: guest._hear("error", str(error)))
        guest.page.goto(url)
        if ready:
            guest.greeted()
        return guest

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer")

    def greeted(self) -> None:
        expect(self.replies.first).to_be_visible(timeout=WAIT_MS)

    @property
    def replies(self) -> Locator:
        return self.page.locator("article.message-theirs:not([aria-busy=true]) .bubble")

    @property
    def own(self) -> Locator:
        return self.page.locator("article.message-mine .bubble")

    def own_texts(self) -> list[str]:
        return self.own.all_inner_texts()

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def ask(self, text: str) -> None:
        """Say something and wait for one more reply."""
        before = self.replies.count()
        self.say(text)
        expect(self.replies).to_have_count(before + 1, timeout=WAIT_MS)

    def tell(self, story: str | None = STORY, answers: Mapping[str, str] = ANSWERS) -> None:
        """Answer what is asked until the plan is there; without a story, go on from where the talk is."""
        if story:
            self.ask(story)
        for _ in range(MOST_TURNS):
            asked = [slot for slot in self.page.evaluate(ASKED) if slot in answers]
            if not asked:
                break
            self.ask(answers[asked[0]])
        expect(self.page.locator(".prd-card")).to_be_visible(timeout=WAIT_MS)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=re.compile(name)).first

    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def announced(self) -> list[str]:
        """What the status region said so far, once ``listen`` was called."""
        said: list[str] = self.page.evaluate("window.unobotHeard")
        return said

    def listen(self) -> None:
        """Write down every text of the status region from now on."""
        self.page.evaluate(
            """() => {
                window.unobotHeard = [];
                const region = document.querySelector(".conversation [role=status]");
                new MutationObserver(() => region.textContent && window.unobotHeard.push(region.textContent))
                    .observe(region, {childList: true, characterData: true, subtree: true});
            }"""
        )
