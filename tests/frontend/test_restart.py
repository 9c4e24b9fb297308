"""A server that dies and comes back while a visitor talks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import embedded_stack
from tests.frontend.guest import Guest
from tests.stack import free_port

pytestmark = [pytest.mark.browser, pytest.mark.faults]

BACK_WITHIN_MS = 40_000


def test_a_message_sent_into_a_dying_server_is_answered_once(
    tmp_path: Path, prepared_file: Path, new_context: Callable[..., BrowserContext]
) -> None:
    """Z3"""
    stack, port = embedded_stack(tmp_path, prepared_file), free_port()
    server = stack.web(port)
    ben = Guest.open(new_context(), server.url)
    ben.say("Our monthly reports take four days of manual work")
    server.kill()
    again = stack.web(port)
    expect(ben.replies).to_have_count(2, timeout=BACK_WITHIN_MS)
    assert len(ben.own_texts()) == 1
    again.stop()
