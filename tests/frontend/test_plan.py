"""The project plan as its reader handles it."""

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import WAIT_MS, Guest

pytestmark = pytest.mark.browser

BEGINNINGS = {"PDF": b"%PDF-", "Word": b"PK\x03\x04", "Markdown": b"---\n"}


@pytest.fixture
def lena(visiting: Visiting) -> Guest:
    """Someone who is looking at her plan."""
    lena = visiting()
    lena.tell()
    lena.button("Preview").click()
    expect(lena.dialog().locator(".document h3").first).to_be_visible(timeout=WAIT_MS)
    return lena


@pytest.mark.parametrize("format", BEGINNINGS)
def test_the_plan_is_saved_in_every_format(lena: Guest, format: str) -> None:
    """W18 P4"""
    with lena.page.expect_download(timeout=60_000) as saving:
        lena.button(f"Download as {format}").click()
    assert saving.value.path().read_bytes().startswith(BEGINNINGS[format])
    assert saving.value.suggested_filename.endswith({"PDF": ".pdf", "Word": ".docx", "Markdown": ".md"}[format])


def test_the_plan_opens_as_a_page_of_its_own(lena: Guest) -> None:
    with lena.page.context.expect_page() as opening:
        lena.dialog().get_by_role("link", name="Open as a page").click()
    expect(opening.value.locator("h1").first).to_be_visible(timeout=WAIT_MS)


def test_a_format_that_cannot_be_made_is_told_and_not_saved(lena: Guest) -> None:
    lena.page.route("**/prd/*/pdf", lambda route: route.fulfill(status=503, body="needs a library"))
    lena.button("Download as PDF").click()
    expect(lena.page.locator(".toast")).to_contain_text("PDF cannot be made", timeout=WAIT_MS)


def test_a_comment_on_a_section_makes_a_new_version_and_keeps_the_old(lena: Guest) -> None:
    """P7"""
    comment = lena.page.locator(".prd-comment").nth(2)
    section = (comment.get_attribute("aria-label") or "").removeprefix("Comment on ")
    comment.click()
    expect(lena.dialog().locator("textarea")).to_be_focused()
    assert lena.dialog().get_by_label("Part of the plan").locator("option:checked").inner_text() == section
    lena.page.keyboard.type("Please name the controllers as users.")
    lena.button("Write it anew").click()
    expect(lena.page.locator(".prd-card")).to_have_count(2, timeout=60_000)
    lena.page.locator(".prd-card").last.get_by_role("button", name="Preview").click()
    older = lena.dialog().get_by_label("Older versions")
    assert older.locator("option").all_inner_texts() == ["Version 1", "Version 2"]
    older.select_option("1")
    expect(lena.dialog().locator(".document h3").first).to_be_visible(timeout=WAIT_MS)
