"""A person who has only a keyboard."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

MOST_STEPS = 120
FOCUSED = """() => {
    const at = document.activeElement;
    return (at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent || "").trim();
}"""


@dataclass
class Keyboard:
    page: Page

    def reach(self, name: str, *, back: bool = False) -> None:
        """Tab until the name of what has the focus matches the pattern; fails when the focus never gets there."""
        passed: list[str] = []
        while len(passed) < MOST_STEPS:
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            passed.append(self.page.evaluate(FOCUSED))
            if re.search(name, passed[-1]):
                return
        raise AssertionError(f"the focus never reached {name!r}; it passed {passed}")

    def press(self, name: str, *, back: bool = False) -> None:
        self.reach(name, back=back)
        self.page.keyboard.press("Enter")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def sees(self, selector: str) -> None:
        expect(self.page.locator(selector).first).to_be_visible(timeout=20_000)
