"""What a keyboard and a screen reader get."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS, Guest
from tests.frontend.line import Line
from tests.frontend.walk import Meddler, Walk

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def violations(page: Page, *rules: str) -> list[str]:
    """axe's findings as "rule: element"; the script is evaluated, for the page's policy allows no foreign script."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found: dict[str, Any] = page.evaluate("only => axe.run({runOnly: only})", only)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


def violations_in_every_look(page: Page) -> dict[str, list[str]]:
    """On a phone and a desktop; the dark theme changes colours and nothing else."""
    found = {}
    page.emulate_media(color_scheme="light")
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found[f"{width} px"] = violations(page)
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page, "color-contrast")
    return found


def test_no_state_of_a_visit_violates_wcag(site: str, line: Line, new_context: Callable[..., BrowserContext]) -> None:
    """Y4 Y5: without motion, for an element that is still fading in has less contrast than it will have."""
    meddler, context = Meddler(site), new_context(reduced_motion="reduce")
    meddler.stand(context)
    guest = Guest.open(context, line.url)
    found = {
        f"{state}, {look}": rows
        for state in Walk(guest, line, meddler).states()
        for look, rows in violations_in_every_look(guest.page).items()
    }
    assert len(found) > 80
    assert {look: rows for look, rows in found.items() if rows} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_privacy_page_violates_no_rule(visiting: Visiting, site: str, theme: Any) -> None:
    """Y4 Y5"""
    guest = visiting(color_scheme=theme)
    guest.page.goto(f"{site}/privacy/?language=ar")
    assert violations(guest.page) == []


def test_a_visit_needs_no_mouse(visiting: Visiting) -> None:
    """Y1"""
    guest = visiting()
    page = guest.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(guest.composer).to_be_focused()
    page.keyboard.type("Our monthly reports take four days")
    page.keyboard.press("Enter")
    expect(guest.replies).to_have_count(2, timeout=WAIT_MS)
    expect(guest.composer).to_be_focused()


def test_the_menu_and_a_dialog_give_the_focus_back(visiting: Visiting) -> None:
    """Y1 Y3"""
    guest = visiting()
    guest.button("Menu").focus()
    guest.page.keyboard.press("Enter")
    guest.page.keyboard.press("Escape")
    expect(guest.button("Menu")).to_be_focused()
    guest.button("Talk to a person").focus()
    guest.page.keyboard.press("Enter")
    expect(guest.dialog()).to_be_visible()
    guest.page.keyboard.press("Escape")
    expect(guest.button("Talk to a person")).to_be_focused()


def test_each_reply_is_announced_once_and_after_the_typing(visiting: Visiting) -> None:
    """Y2"""
    guest = visiting()
    guest.listen()
    guest.ask("Our monthly reports take four days of manual work")
    guest.page.wait_for_timeout(300)
    said = [text for text in guest.announced() if text != "UnoBot is typing"]
    assert len(said) == 1
    assert said[0].startswith("UnoBot: ")


def test_the_history_is_not_read_out_on_a_reload(visiting: Visiting) -> None:
    guest = visiting()
    guest.ask("Our monthly reports take four days")
    guest.page.reload()
    guest.greeted()
    assert guest.page.locator(".conversation [role=status]").inner_text() == ""


def test_a_new_message_steals_no_focus(visiting: Visiting) -> None:
    guest = visiting()
    guest.composer.fill("Our monthly reports take four days")
    guest.composer.press("Enter")
    guest.button("Menu").focus()
    expect(guest.replies).to_have_count(2, timeout=WAIT_MS)
    expect(guest.button("Menu")).to_be_focused()


def test_reduced_motion_moves_nothing(visiting: Visiting) -> None:
    guest = visiting(reduced_motion="reduce")
    durations = guest.page.locator(".message").evaluate_all(
        "all => all.map(m => getComputedStyle(m).animationDuration)"
    )
    assert {float(duration.removesuffix("s")) for duration in durations} <= {0.0, 0.00001}


def test_at_twice_the_size_nothing_is_cut(visiting: Visiting) -> None:
    """A 1280 px window zoomed to 200 % is 640 px wide."""
    guest = visiting(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    expect(guest.composer).to_be_in_viewport()
    assert guest.page.evaluate("document.documentElement.scrollWidth") == 640
