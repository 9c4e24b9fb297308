"""Which sites may show UnoBot and speak to it: what their key in the admin says."""

import re
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from frontend.models import SiteKey
from unobot.origins import OriginGuard, allowed

SHOP, OTHER = "https://shop.example", "https://other.example"


@pytest.fixture
def shop(transactional_db: None, settings: Settings) -> SiteKey:
    settings.ALLOWED_ORIGINS = ["https://old.example"]
    return SiteKey.objects.create(name="Shop", origins=f"{SHOP}\nhttps://www.shop.example:8443")


def ancestors(client: Client, key: str) -> str:
    policy = client.get("/widget/", {"site": key} if key else {})["Content-Security-Policy"]
    return re.search("frame-ancestors ([^;]*)", policy)[1]  # type: ignore[index]


def test_a_key_decides_who_may_frame_the_widget(client: Client, shop: SiteKey) -> None:
    """W3 Q5"""
    assert ancestors(client, shop.key) == "'self' https://shop.example https://www.shop.example:8443"


def test_without_a_key_the_settings_decide(client: Client, shop: SiteKey) -> None:
    assert ancestors(client, "") == "'self' https://old.example"


def test_an_unknown_key_and_one_that_is_off_open_no_window(client: Client, shop: SiteKey) -> None:
    """Q5"""
    SiteKey.objects.update(active=False)
    assert [ancestors(client, key) for key in (shop.key, "guess")] == ["'self'", "'self'"]


@pytest.mark.parametrize(
    "text",
    ["https://shop.example/path", "http://shop.example", "*", "https://*", "'none'", "https://a;script-src *", "null"],
)
def test_what_is_no_origin_is_no_allowed_origin(text: str) -> None:
    """Q5: the text goes into a security header."""
    with pytest.raises(ValidationError):
        SiteKey(name="Shop", origins=text).full_clean(validate_unique=False)


def test_the_socket_of_a_key_opens_for_its_origins_and_our_own(settings: Settings) -> None:
    """Q5"""
    settings.PUBLIC_URL = "https://bot.example"
    asked = {origin: allowed(origin, "bot.example", [SHOP]) for origin in (SHOP, OTHER, "https://bot.example", None)}
    assert asked == {SHOP: True, OTHER: False, "https://bot.example": True, None: False}


async def _accept(scope: Any, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("origin", "opens"), [(SHOP, True), (OTHER, False), ("https://old.example", False)])
async def test_the_handshake_asks_the_key(settings: Settings, origin: str, opens: bool) -> None:
    """Q5"""
    settings.ALLOWED_ORIGINS = ["https://old.example"]
    await SiteKey.objects.acreate(key="shop", name="Shop", origins=SHOP)
    headers = [(b"origin", origin.encode()), (b"host", b"bot.example")]
    socket: Any = WebsocketCommunicator(OriginGuard(_accept), "/ws/?site=shop", headers)
    assert (await socket.connect())[0] is opens


def started(client: Client, origin: str, key: str = "") -> Any:
    url = f"/api/v1/sessions?site={key}" if key else "/api/v1/sessions"
    return client.post(url, {"language": "en"}, content_type="application/json", headers={"origin": origin})


@pytest.mark.parametrize(("origin", "status"), [(SHOP, 201), (OTHER, 403), ("http://testserver", 201)])
def test_a_session_starts_from_the_sites_of_the_key(client: Client, shop: SiteKey, origin: str, status: int) -> None:
    """Q5"""
    assert started(client, origin, shop.key).status_code == status


@pytest.mark.parametrize(("origin", "status"), [("https://old.example", 201), (SHOP, 403), ("null", 403)])
def test_a_session_without_a_key_starts_from_the_sites_of_the_settings(
    client: Client, shop: SiteKey, origin: str, status: int
) -> None:
    """Q5"""
    assert started(client, origin).status_code == status


def test_a_program_without_an_origin_may_start_a_session(client: Client, shop: SiteKey) -> None:
    assert client.post("/api/v1/sessions", {}, content_type="application/json").status_code == 201


def test_the_answer_may_be_read_by_the_site_that_asked_and_no_other(client: Client, shop: SiteKey) -> None:
    """Q5"""
    answer = started(client, SHOP, shop.key)
    assert (answer["Access-Control-Allow-Origin"], answer["Vary"]) == (SHOP, "Origin")
    assert "Access-Control-Allow-Origin" not in started(client, OTHER, shop.key)


def test_a_browser_that_asks_first_is_told_what_it_may_send(client: Client, shop: SiteKey) -> None:
    answer = client.options(f"/api/v1/sessions?site={shop.key}", headers={"origin": SHOP})
    assert "Authorization" in answer["Access-Control-Allow-Headers"]


def test_staff_find_the_line_for_the_site(admin_client: Client, shop: SiteKey) -> None:
    page = admin_client.get(f"/admin/frontend/sitekey/{shop.pk}/change/").content.decode()
    assert f"http://testserver/widget.js&quot; data-site-key=&quot;{shop.key}&quot;" in page
