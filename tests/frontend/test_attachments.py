"""A visitor hands over a file."""

from typing import Any

import pytest
from playwright.sync_api import expect

from chat.shapes import ACCEPTED_FILES, MAX_FILE_BYTES
from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS, Guest
from tests.frontend.line import Line

pytestmark = pytest.mark.browser

PLAN = {"name": "Prozess März.md", "mimeType": "text/markdown", "buffer": b"# Month end\n\nFour days."}


def pick(guest: Guest, *files: dict[str, Any]) -> None:
    with guest.page.expect_file_chooser() as picking:
        guest.button("Attach a file").click()
    picking.value.set_files(list(files))  # type: ignore[arg-type]  # as Playwright's own FilePayload


def test_the_picker_offers_what_is_accepted_and_the_file_comes_back(visiting: Visiting) -> None:
    """W23"""
    ann = visiting()
    accepted = ann.page.locator("input[type=file]").get_attribute("accept") or ""
    assert accepted.split(",") == [f".{ending}" for ending in ACCEPTED_FILES]
    pick(ann, PLAN)
    file = ann.own.last
    expect(file).to_contain_text("Prozess März.md", timeout=WAIT_MS)
    expect(ann.replies.last).to_contain_text("cannot read files", timeout=WAIT_MS)
    with ann.page.expect_download() as saving:
        file.get_by_role("button", name="Prozess März.md").click()
    assert saving.value.path().read_bytes() == PLAN["buffer"]
    assert saving.value.suggested_filename == PLAN["name"]
    ann.page.reload()
    expect(ann.own.last).to_contain_text("Prozess März.md", timeout=WAIT_MS)
    assert ann.complaints == []


def test_what_cannot_be_taken_is_told_and_put_away(visiting: Visiting) -> None:
    """W23 Q8"""
    ann = visiting()
    pick(
        ann,
        {"name": "video.md", "mimeType": "text/markdown", "buffer": bytes(MAX_FILE_BYTES + 1)},
        {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"},
    )
    problems = ann.page.locator(".message-problem")
    expect(problems).to_have_count(2, timeout=WAIT_MS)
    expect(problems.first).to_contain_text("at most 5 MB")
    expect(problems.last).to_contain_text("not what its name says")
    for _ in range(2):
        ann.button("Discard").click()
    expect(ann.own).to_have_count(0)


def test_a_file_chosen_without_a_line_arrives_once_when_it_is_back(visiting: Visiting, line: Line) -> None:
    """Z2"""
    ann = visiting(line.url)
    line.cut()
    pick(ann, PLAN)
    expect(ann.page.locator(".message-state")).to_contain_text("when the connection is back", timeout=WAIT_MS)
    line.mend()
    expect(ann.replies.last).to_contain_text("cannot read files", timeout=WAIT_MS)
    expect(ann.own).to_have_count(1)
