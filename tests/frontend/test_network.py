"""What a broken line may cost: time, and nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS, Guest
from tests.frontend.line import Line

pytestmark = pytest.mark.browser


def test_what_is_said_without_a_line_arrives_once_and_in_order(visiting: Visiting, line: Line) -> None:
    """Z1 Z2"""
    ben = visiting(line.url)
    line.cut()
    for text in ("first: reports take days", "second: we use Excel", "third: soon please"):
        ben.say(text)
    expect(ben.page.locator(".message-state").first).to_be_visible()
    line.mend()
    expect(ben.page.locator(".message-state")).to_have_count(0, timeout=WAIT_MS)
    expect(ben.replies).to_have_count(4, timeout=WAIT_MS)
    assert [text[:5] for text in ben.own_texts()] == ["first", "secon", "third"]


def test_five_cuts_in_one_conversation_lose_and_repeat_nothing(visiting: Visiting, line: Line) -> None:
    """Z2"""
    ben = visiting(line.url)
    for turn in range(5):
        ben.say(f"{turn}: our monthly reports take days of manual work")
        line.cut()
        ben.page.wait_for_timeout(200)
        line.mend()
        expect(ben.replies).to_have_count(turn + 2, timeout=WAIT_MS)
    assert [text[0] for text in ben.own_texts()] == ["0", "1", "2", "3", "4"]


def test_a_banner_tells_of_a_lost_line_and_goes_with_it(visiting: Visiting, line: Line) -> None:
    ben = visiting(line.url)
    line.cut()
    expect(ben.page.locator(".banner")).to_contain_text("Reconnecting", timeout=WAIT_MS)
    line.mend()
    expect(ben.page.locator(".banner")).to_have_count(0, timeout=WAIT_MS)


def test_after_five_tries_the_visit_goes_on_by_polling_and_can_come_back(visiting: Visiting, line: Line) -> None:
    """Z1"""
    ben = visiting(line.url)
    line.cut_sockets()
    expect(ben.page.locator(".banner")).to_contain_text("Slow connection", timeout=40_000)
    ben.ask("We spend four days a month on reports")
    line.mend()
    ben.button("Reconnect").click()
    expect(ben.page.locator(".banner")).to_have_count(0, timeout=WAIT_MS)
    ben.ask("We use Excel and SAP")
    assert len(ben.own_texts()) == 2


def test_a_reload_in_the_middle_of_a_reply_loses_nothing(visiting: Visiting) -> None:
    """S2 Z3"""
    ben = visiting()
    ben.say("Our monthly reports take four days of manual work")
    ben.page.reload()
    expect(ben.replies).to_have_count(2, timeout=WAIT_MS)
    assert len(ben.own_texts()) == 1


def test_an_unsent_draft_survives_a_reload(visiting: Visiting) -> None:
    ben = visiting()
    ben.composer.fill("half a thou")
    ben.page.reload()
    expect(ben.composer).to_have_value("half a thou")


def test_two_tabs_show_one_conversation(visiting: Visiting, site: str) -> None:
    """X8"""
    one = visiting()
    two = Guest.open(one.page.context, site)
    one.ask("Our monthly reports take four days")
    two.ask("We use Excel and SAP")
    expect(one.replies).to_have_count(3, timeout=WAIT_MS)
    assert one.own_texts() == two.own_texts()
    assert one.replies.all_inner_texts() == two.replies.all_inner_texts()


def test_a_double_enter_says_it_once(visiting: Visiting) -> None:
    ben = visiting()
    ben.composer.fill("Our reports take days")
    ben.composer.press("Enter")
    ben.composer.press("Enter")
    expect(ben.replies).to_have_count(2, timeout=WAIT_MS)
    assert len(ben.own_texts()) == 1


def test_a_browser_that_refuses_storage_can_still_talk(visiting: Visiting, site: str) -> None:
    ben = visiting()
    ben.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})")
    ben.page.goto(site)
    ben.greeted()
    ben.ask("Our reports take days")
    assert ben.complaints == []


def test_starting_over_leaves_the_old_conversation_behind(visiting: Visiting) -> None:
    ben = visiting()
    ben.ask("Our reports take days")
    ben.button("Menu").click()
    ben.button("Start over").click()
    ben.button("Start a new conversation").click()
    expect(ben.own).to_have_count(0)
    ben.greeted()


def test_the_resume_link_opens_the_conversation_on_another_device(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    """S3"""
    context = new_context()
    begun = context.request.post(f"{site}/api/v1/sessions", data={"language": "en"}).json()
    secret = begun["resume_url"].split("#")[1]
    anna = Guest.open(context, f"{site}/#{secret}")
    assert "resume" not in anna.page.url
    assert anna.page.evaluate("JSON.parse(localStorage.getItem('unobot.session')).sessionId") == begun["session_id"]
