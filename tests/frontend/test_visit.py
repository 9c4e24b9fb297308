"""The whole visit in a browser, as people of different means make it."""

import re

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS, Guest

pytestmark = pytest.mark.browser


def find_experts(guest: Guest) -> None:
    guest.page.locator(".quick-answer", has_text="Yes").click()
    expect(guest.page.locator(".expert").first).to_be_visible(timeout=WAIT_MS)


def book_the_first_time(guest: Guest) -> None:
    """I10: the form says what is agreed to by it."""
    guest.button("Book with").click()
    guest.page.locator(".slot").first.click()
    expect(guest.page.locator(".hold")).to_contain_text("Held for you")
    guest.page.get_by_role("textbox", name="Name").fill("Lena Brandt")
    guest.page.get_by_role("textbox", name="E-mail").fill("lena.brandt@nordwind-maschinenbau.de")
    expect(guest.dialog()).to_contain_text("By booking you agree")
    guest.button("Confirm booking").click()
    expect(guest.page.locator(".booking")).to_contain_text("Booking confirmed", timeout=WAIT_MS)


def test_lena_gets_from_hello_to_a_meeting_and_back_out_of_it(visiting: Visiting) -> None:
    """W7 W18 W19 W20 W21 W22 B6"""
    lena = visiting()
    lena.tell()
    lena.button("Preview").click()
    expect(lena.dialog().locator(".document h3").first).to_be_visible()
    lena.page.keyboard.press("Escape")
    find_experts(lena)
    book_the_first_time(lena)
    lena.button("Reschedule").click()
    lena.page.locator(".slot").nth(3).click()
    lena.button("Move to this time").click()
    expect(lena.page.locator(".notice").last).to_contain_text("moved", timeout=WAIT_MS)
    lena.button("Cancel booking").click()
    lena.dialog().get_by_role("button", name="Cancel booking").click()
    expect(lena.page.locator(".booking")).to_contain_text("Booking cancelled", timeout=WAIT_MS)
    assert lena.complaints == []


def test_on_a_phone_the_same_visit_fits(visiting: Visiting) -> None:
    """W12 W13"""
    amir = visiting(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    amir.tell()
    find_experts(amir)
    book_the_first_time(amir)
    assert amir.page.evaluate("document.documentElement.scrollWidth") == 375


@pytest.mark.parametrize("width", [320, 768, 1024, 1920, 3840])
def test_nothing_runs_over_the_edge(visiting: Visiting, width: int) -> None:
    """W13"""
    guest = visiting(viewport={"width": width, "height": 800})
    guest.ask("We spend four days a month on reports in Excel and want a dashboard")
    assert guest.page.evaluate("document.documentElement.scrollWidth") == width


def test_touch_targets_are_large_enough(visiting: Visiting) -> None:
    """W14"""
    guest = visiting(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    sizes = guest.page.locator("button:visible").evaluate_all("all => all.map(b => b.getBoundingClientRect().toJSON())")
    assert [size for size in sizes if size["width"] < 44 or size["height"] < 44] == []


def test_a_fact_is_corrected_in_the_brief(visiting: Visiting) -> None:
    lena = visiting()
    lena.ask("Our company is Nordwind Maschinenbau and reporting takes four days")
    lena.button("Edit Company").click()
    lena.dialog().locator("input").fill("Nordwind AG")
    lena.button("Save").click()
    expect(lena.page.locator(".brief")).to_contain_text("Nordwind AG")


def test_a_quick_reply_speaks_for_the_visitor(visiting: Visiting) -> None:
    """W15"""
    guest = visiting()
    choice = guest.page.locator(".quick-answer").first
    label = choice.inner_text()
    choice.click()
    expect(guest.own.first).to_have_text(label)
    expect(guest.replies).to_have_count(2, timeout=WAIT_MS)


def test_the_visitor_is_told_of_the_ai_before_speaking(visiting: Visiting) -> None:
    guest = visiting()
    expect(guest.page.locator(".ai-label")).to_contain_text("AI assistant")
    expect(guest.page.locator(".ai-label a")).to_have_attribute("href", "/privacy/?language=en")


def test_a_person_can_be_asked_for(visiting: Visiting) -> None:
    guest = visiting()
    guest.button("Talk to a person").click()
    guest.dialog().get_by_role("button", name="Talk to a person").click()
    expect(guest.page.locator(".notice")).to_contain_text("A person has been asked", timeout=WAIT_MS)


def test_erasing_leaves_nothing_and_offers_a_new_start(visiting: Visiting) -> None:
    guest = visiting()
    guest.ask("I'm Lena and our reports take four days")
    guest.button("Menu").click()
    guest.button("My data").click()
    guest.button("Delete my data").click()
    guest.button("Erase everything").click()
    expect(guest.page.get_by_text("Your data has been erased")).to_be_visible(timeout=WAIT_MS)
    guest.button("Start a new conversation").click()
    guest.greeted()
    assert guest.own_texts() == []


def test_layla_visits_in_arabic_from_right_to_left(visiting: Visiting) -> None:
    layla = visiting(locale="ar")
    expect(layla.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(layla.page.locator("html")).to_have_attribute("lang", "ar")
    expect(layla.composer).to_have_attribute("placeholder", re.compile(r"[\u0600-\u06ff]"))


def test_the_page_speaks_the_language_chosen_and_remembers_it(visiting: Visiting) -> None:
    guest = visiting()
    guest.button("Menu").click()
    guest.page.get_by_label("Language").select_option("de")
    expect(guest.page.locator(".brief h2")).to_have_text("Ihr Vorhaben")
    guest.page.reload()
    expect(guest.page.locator(".brief h2")).to_have_text("Ihr Vorhaben")


def test_an_enter_that_ends_a_composition_does_not_send(visiting: Visiting) -> None:
    """Typing Japanese, Enter first chooses the word."""
    yuki = visiting()
    yuki.composer.fill("レポート")
    yuki.composer.evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, isComposing: true}))"
    )
    expect(yuki.composer).to_have_value("レポート")
    assert yuki.own.count() == 0


def test_a_script_in_a_message_stays_text(visiting: Visiting) -> None:
    """Q2"""
    mallory = visiting()
    attack = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script> [x](javascript:alert(1))'
    mallory.ask(attack)
    assert mallory.own_texts() == [attack]
    assert mallory.page.evaluate("window.hacked") is None
