"""The project plan as its reader handles it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.frontend.conftest import Visiting
from tests.frontend.guest import ANSWERS, STORY, WAIT_MS, Guest
from tests.frontend.test_accessibility import violations
from tests.frontend.test_whole_visits import ARABIC

pytestmark = pytest.mark.browser

BEGINNINGS = {"PDF": b"%PDF-", "Word": b"PK\x03\x04", "Markdown": b"---\n", "HTML": b"<!doctype html>"}
STORIES = {"en-GB": (STORY, ANSWERS), "ar": (ARABIC["challenges"], ARABIC)}
ENDINGS = {"PDF": ".pdf", "Word": ".docx", "Markdown": ".md", "HTML": ".html"}


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
    assert saving.value.suggested_filename.endswith(ENDINGS[format])


def test_the_plan_opens_as_a_page_of_its_own(lena: Guest) -> None:
    with lena.page.context.expect_page() as opening:
        lena.dialog().get_by_role("link", name="Open as a page").click()
    expect(opening.value.locator("h1").first).to_be_visible(timeout=WAIT_MS)


def test_a_format_that_cannot_be_made_is_told_and_not_saved(lena: Guest) -> None:
    lena.page.route("**/prd/1/pdf", lambda route: route.fulfill(status=503, body="needs a library"))
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
    lena.button("What changed").click()
    added = lena.dialog().locator(".change-added").first
    expect(added.locator(".change-sign")).to_contain_text("+ Added")
    expect(added.locator("ins")).to_contain_text("Please name the controllers as users")
    assert violations(lena.page) == []
    older.select_option("1")
    expect(lena.dialog().locator(".document h3").first).to_be_visible(timeout=WAIT_MS)


def test_the_plan_is_approved_and_says_so_everywhere(lena: Guest) -> None:
    """P7"""
    lena.button("Approve version 1").click()
    expect(lena.dialog().locator(".prd-status")).to_have_text("Approved", timeout=WAIT_MS)
    expect(lena.dialog().get_by_role("button", name="Approve")).to_have_count(0)
    lena.page.keyboard.press("Escape")
    expect(lena.page.locator(".prd-card .prd-status")).to_have_text("Approved")
    expect(lena.page.locator(".notice")).to_contain_text("Version 1 of the plan is approved.")
    lena.page.reload()
    expect(lena.page.locator(".prd-card .prd-status")).to_have_text("Approved", timeout=WAIT_MS)


def test_the_link_is_shown_closed_and_made_anew(lena: Guest) -> None:
    """P6"""
    lena.dialog().get_by_text("Share this version").click()
    link = lena.dialog().get_by_label("Link for sharing")
    first = link.input_value()
    assert lena.page.request.get(first).status == 200
    lena.button("Close the link").click()
    expect(lena.dialog().get_by_text("No link leads to this version.")).to_be_visible(timeout=WAIT_MS)
    assert lena.page.request.get(first).status == 410
    with lena.page.expect_download():
        lena.button("Download as Markdown").click()
    lena.button("Make a link").click()
    expect(link).not_to_have_value(first, timeout=WAIT_MS)
    expect(lena.dialog().get_by_text("Downloads so far: 0.")).to_be_visible(timeout=WAIT_MS)


def test_the_link_is_copied(lena: Guest) -> None:
    lena.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lena.dialog().get_by_text("Share this version").click()
    lena.button("Copy the link").click()
    expect(lena.page.locator(".toast")).to_contain_text("copied", timeout=WAIT_MS)
    copied = lena.page.evaluate("navigator.clipboard.readText()")
    assert copied == lena.dialog().get_by_label("Link for sharing").input_value()


def test_the_plan_says_what_would_make_it_better(lena: Guest) -> None:
    lena.dialog().get_by_text("What would make this plan better").click()
    expect(lena.dialog().locator(".prd-fold li").first).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "ar"])
def test_the_open_plan_violates_no_rule_on_a_phone(visiting: Visiting, theme: Any, locale: str) -> None:
    """Y4 Y5 W13"""
    guest = visiting(color_scheme=theme, locale=locale, viewport={"width": 375, "height": 800})
    guest.tell(*STORIES[locale])
    guest.page.locator(".prd-card .button-primary").click()
    expect(guest.dialog().locator(".document h3").first).to_be_visible(timeout=WAIT_MS)
    for fold in guest.dialog().locator(".prd-fold summary").all():
        fold.click()
    assert violations(guest.page) == []
    assert guest.page.evaluate("document.documentElement.scrollWidth") == 375
