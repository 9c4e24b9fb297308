from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.conftest import BROWSER
from tests.frontend.guest import Guest
from tests.frontend.line import Line
from tests.stack import Stack

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visiting = Callable[..., Guest]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(BROWSER), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(embedded: Stack) -> str:
    return next(process.url for process in embedded.processes if process.url)


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    line = Line(site)
    yield line
    line.close()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        defaults = {"locale": "en-GB", "timezone_id": "Europe/Berlin", "viewport": {"width": 1280, "height": 800}}
        contexts.append(chromium.new_context(**{**defaults, **options}))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visiting(site: str, new_context: Callable[..., BrowserContext]) -> Visiting:
    """Opens the page as a new visitor; options are those of a browser context."""

    def visit(url: str = "", *, path: str = "/", **options: Any) -> Guest:
        return Guest.open(new_context(**options), (url or site) + path)

    return visit
