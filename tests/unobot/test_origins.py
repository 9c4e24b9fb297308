"""Which pages may open a socket."""

import pytest
from pytest_django import Settings

from unobot.origins import allowed


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://chat.example.com", "https://chat.example.com.evil.example"]
)
def test_foreign_null_and_lesser_origins_are_refused(settings: Settings, origin: str) -> None:
    """Q5"""
    settings.ALLOWED_ORIGINS = ["https://chat.example.com"]
    assert not allowed(origin, "chat.example.com")


def test_with_a_list_a_missing_origin_is_refused(settings: Settings) -> None:
    """Q5"""
    settings.ALLOWED_ORIGINS = ["https://chat.example.com"]
    assert not allowed(None, "chat.example.com")
    assert allowed("https://chat.example.com", "chat.example.com")


def test_on_a_developers_machine_programs_and_the_own_page_may(settings: Settings) -> None:
    settings.ALLOWED_ORIGINS = []
    assert allowed(None, "127.0.0.1:8000")
    assert allowed("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert not allowed("http://evil.example", "127.0.0.1:8000")
