"""A visitor goes on with the conversation on another device."""

import pytest
from playwright.sync_api import expect

from tests.chat.test_wire import secret_mailed
from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS
from tests.stack import Stack

pytestmark = pytest.mark.browser


def test_the_mailed_link_shows_the_conversation_on_a_phone(visiting: Visiting, embedded: Stack) -> None:
    """S3"""
    at_work = visiting()
    at_work.ask("We are Ito Foods and we drown in Excel.")
    at_work.button("Menu").click()
    at_work.button("Continue on another device").click()
    at_work.dialog().get_by_role("textbox", name="E-mail").fill("aiko@example.com")
    at_work.button("Send the link").click()
    expect(at_work.page.locator(".toast")).to_contain_text("aiko@example.com", timeout=WAIT_MS)
    secret = secret_mailed(embedded.data / "mails", "aiko@example.com")
    phone = visiting(path=f"/#resume={secret}", viewport={"width": 375, "height": 740})
    expect(phone.own).to_have_text(["We are Ito Foods and we drown in Excel."], timeout=WAIT_MS)
    assert secret not in phone.page.url
    phone.ask("I am on the train now.")
    expect(at_work.own.last).to_have_text("I am on the train now.", timeout=WAIT_MS)
    assert at_work.complaints == phone.complaints == []
