"""The widget on a foreign site, from another origin."""

from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, expect

from tests.conftest import embedded_stack
from tests.frontend.guest import WAIT_MS
from tests.stack import Stack, free_port

pytestmark = pytest.mark.browser

DEMO = Path(__file__).resolve().parents[2] / "frontend" / "demo"
STANDARD = "http://127.0.0.1:8000"


def serve_demo(port: int, unobot: str, key: str = "") -> ThreadingHTTPServer:
    """The demo site on a port of its own, pointing at a test's server."""

    class Site(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            name = "site.css" if self.path == "/site.css" else "index.html"
            text = (DEMO / name).read_text().replace(STANDARD, unobot)
            body = text.replace("<script ", f'<script data-site-key="{key}" ').encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if name.endswith("css") else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


class Sites(NamedTuple):
    """Addresses: a site that the settings name, a stranger, a site with a key, a stranger who copied that key."""

    known: str
    foreign: str
    keyed: str
    thief: str


def named_key(stack: Stack, origin: str) -> str:
    make = f"from frontend.models import SiteKey; SiteKey.objects.create(key='shop', name='Shop', origins='{origin}')"
    stack.manage("shell", "-c", make)
    return "shop"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, prepared_file: Path) -> Iterator[Sites]:
    own, *ports = (free_port() for _ in range(5))
    unobot, there = f"http://127.0.0.1:{own}", Sites(*(f"http://127.0.0.1:{port}" for port in ports))
    stack = embedded_stack(tmp_path_factory.mktemp("embed"), prepared_file)
    stack.extra = {"PUBLIC_URL": unobot, "ALLOWED_ORIGINS": there.known}
    key = named_key(stack, there.keyed)
    stack.web(own)
    servers = [serve_demo(port, unobot, key if at >= 2 else "") for at, port in enumerate(ports)]
    yield there
    for server in servers:
        server.shutdown()
    stack.stop()


@pytest.fixture
def page(sites: Sites, new_context: Callable[..., BrowserContext]) -> Page:
    page = new_context().new_page()
    page.set_default_timeout(WAIT_MS)
    # Tests must see into the launcher's closed root; visitors' pages must not.
    page.add_init_script(
        "const attach = Element.prototype.attachShadow;"
        "Element.prototype.attachShadow = function () { return attach.call(this, {mode: 'open'}) }"
    )
    page.goto(sites.known)
    return page


def opened(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Chat with us").click()
    frame = page.frame_locator("iframe.frame")
    expect(frame.locator(".message-theirs .bubble").first).to_be_visible(timeout=WAIT_MS)
    return frame


def test_the_launcher_is_round_and_sits_in_the_corner(page: Page) -> None:
    """W1"""
    box = page.locator(".launcher").bounding_box()
    assert box == {"x": 1280 - 84, "y": 800 - 84, "width": 60, "height": 60}


def test_the_launcher_pulses_on_a_first_visit_only(page: Page) -> None:
    """W2"""
    expect(page.locator(".launcher")).to_have_class("launcher pulse")
    opened(page)
    page.reload()
    expect(page.locator(".launcher")).to_have_class("launcher")


def test_nothing_is_loaded_before_the_first_use(page: Page) -> None:
    """F1"""
    assert [frame.url for frame in page.frames if "/widget/" in frame.url] == []


def test_a_visitor_of_the_site_talks_in_the_widget(page: Page) -> None:
    """W3 W4 W5 W6"""
    frame = opened(page)
    expect(frame.locator("#composer")).to_be_focused()
    frame.locator("#composer").fill("Our monthly reports take four days")
    frame.locator("#composer").press("Enter")
    expect(frame.locator("article.message-theirs")).to_have_count(2, timeout=WAIT_MS)
    expect(frame.locator(".banner")).to_have_count(0)


def test_the_window_has_the_size_of_the_design(page: Page) -> None:
    """W11"""
    opened(page)
    box = page.locator("iframe.frame").bounding_box()
    assert box
    assert (box["width"], box["x"] + box["width"]) == (380, 1280 - 24)


def test_on_a_phone_the_window_fills_the_screen(page: Page) -> None:
    """W12"""
    page.set_viewport_size({"width": 375, "height": 740})
    opened(page)
    assert page.locator("iframe.frame").bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 740}


def test_escape_closes_and_gives_the_focus_back(page: Page) -> None:
    """Y1 Y3"""
    frame = opened(page)
    frame.locator("#composer").press("Escape")
    expect(page.locator(".launcher")).to_be_focused()
    expect(page.locator("iframe.frame")).to_be_hidden()


def test_a_reply_to_a_closed_window_counts_on_the_badge(page: Page) -> None:
    """W9"""
    frame = opened(page)
    frame.locator("#composer").fill("Our monthly reports take four days")
    # In one breath, for the reply may come faster than a second key.
    frame.locator("#composer").evaluate(
        "field => ['Enter', 'Escape'].forEach("
        "key => field.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})))"
    )
    expect(page.locator(".badge")).to_have_text("1", timeout=WAIT_MS)
    page.locator(".launcher").click()
    expect(page.locator(".badge")).to_be_hidden()


def test_the_side_that_the_visitor_chose_is_remembered(page: Page) -> None:
    """W8"""
    frame = opened(page)
    frame.get_by_role("button", name="Menu").click()
    frame.get_by_role("button", name="Left").click()
    expect(page.locator(".left .frame")).to_be_visible()
    page.reload()
    box = page.locator(".launcher").bounding_box()
    assert box
    assert box["x"] == 24


def test_neither_side_spoils_the_others_styles(page: Page) -> None:
    """W3"""
    theirs = page.get_by_role("button", name="A button of the site")
    before = theirs.evaluate("button => getComputedStyle(button).cssText")
    frame = opened(page)
    assert theirs.evaluate("button => getComputedStyle(button).cssText") == before
    assert page.locator("iframe.frame").evaluate("frame => getComputedStyle(frame).opacity") == "1"
    assert "Georgia" not in frame.locator("#composer").evaluate("field => getComputedStyle(field).fontFamily")


def test_a_site_with_a_key_talks_without_being_in_the_settings(page: Page, sites: Sites) -> None:
    """W3 Q5"""
    page.goto(sites.keyed)
    frame = opened(page)
    frame.locator("#composer").fill("Our monthly reports take four days")
    frame.locator("#composer").press("Enter")
    expect(frame.locator("article.message-theirs")).to_have_count(2, timeout=WAIT_MS)
    expect(frame.locator(".banner")).to_have_count(0)


@pytest.mark.parametrize("place", ["foreign", "thief"])
def test_a_site_that_we_do_not_know_gets_no_window(page: Page, sites: Sites, place: str) -> None:
    """Q5"""
    page.goto(getattr(sites, place))
    refusals: list[str] = []
    page.on("console", lambda message: refusals.append(message.text))
    page.get_by_role("button", name="Chat with us").click()
    page.wait_for_timeout(1_500)
    assert any("frame-ancestors" in refusal for refusal in refusals)
