"""The page as Django serves it: before any script has run."""

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from frontend.assets import DIST
from frontend.privacy import texts

pytestmark = pytest.mark.urls("frontend.urls")


class Tags(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def addresses(self) -> list[str]:
        return [link for _, attrs in self.found for name in ("src", "href") if (link := attrs.get(name))]


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_the_contract_of_the_page_is_fresh() -> None:
    call_command("write_contract", check=True)


def test_the_page_has_no_script_or_style_that_a_strict_policy_refuses(page: str) -> None:
    """Q2"""
    tags = Tags(page).found
    assert [attrs for tag, attrs in tags if tag == "script" and "src" not in attrs] == []
    attributes = {name for _, attrs in tags for name in attrs}
    assert "style" not in attributes | {tag for tag, _ in tags}
    assert [name for name in attributes if name.startswith("on")] == []


def test_every_file_that_the_page_names_was_built(page: str) -> None:
    names = [address.removeprefix("/static/frontend/") for address in Tags(page).addresses() if "static" in address]
    assert len(names) >= 3
    assert [name for name in names if not (DIST / name).exists()] == []


def test_the_page_calls_no_third_party(page: str) -> None:
    assert [address for address in Tags(page).addresses() if not address.startswith("/")] == []


def test_the_page_may_be_framed_by_itself_alone(client: Client) -> None:
    assert "frame-ancestors 'self'" in client.get("/")["Content-Security-Policy"]


@override_settings(ALLOWED_ORIGINS=["https://shop.example"])
def test_the_widget_may_be_framed_by_the_sites_we_know(client: Client) -> None:
    """W3"""
    response = client.get("/widget/")
    assert "frame-ancestors 'self' https://shop.example" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response


def test_the_loader_is_a_script_that_caches_for_an_hour(client: Client) -> None:
    response = client.get("/widget.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "max-age=3600" in response["Cache-Control"]


def test_the_loader_stays_small() -> None:
    """F6"""
    assert (DIST / "widget.js").stat().st_size <= 15_000


def test_the_app_stays_small() -> None:
    """F6: what a first visit loads, without the words of the other languages."""
    first = [path for path in (DIST / "assets").iterdir() if re.match(r"app-.*\.(js|css)$", path.name)]
    assert sum(len(gzip.compress(path.read_bytes())) for path in first) <= 120_000


PRIVACY_TITLES = [
    ("de", "fr", "Datenschutz"),
    ("", "fr-CH, en;q=0.5", "Confidentialité"),
    ("", "en;q=0.1, ja", "プライバシー"),
    ("xx", "", "Privacy"),
]


@pytest.mark.parametrize(("wish", "browser", "title"), PRIVACY_TITLES)
def test_privacy_speaks_the_language_of_the_page_or_the_browser(
    client: Client, wish: str, browser: str, title: str
) -> None:
    page = client.get("/privacy/", {"language": wish}, headers={"accept-language": browser}).content.decode()
    assert f"<h1>{title}</h1>" in page


def test_privacy_in_arabic_reads_from_right_to_left(client: Client) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/privacy/?language=ar").content.decode()


def test_privacy_says_the_same_in_every_language() -> None:
    shapes = [(set(said), len(said["stored"])) for said in texts().values()]
    assert len(shapes) == 6
    assert all(shape == shapes[0] for shape in shapes)
