"""Limits refuse with the time to wait, reset, and never stop the chat when the cache is away."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from redis import RedisError

from chat import limits
from chat.api import address
from chat.errors import RateLimited


@pytest.fixture(autouse=True)
def limited(settings: Any) -> Iterator[None]:
    settings.RATE_LIMITS = True
    cache.clear()
    yield
    cache.clear()


def test_the_window_refuses_above_its_limit_and_says_when_to_come_back() -> None:
    """Q4"""
    window = limits.Window("test", limit=2, seconds=60)
    window.spend("ann")
    window.spend("ann")
    with pytest.raises(RateLimited) as refused:
        window.spend("ann")
    assert 0 < (refused.value.retry_after_ms or 0) <= 60_000
    window.spend("ben")


def test_the_window_resets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Q4"""
    window = limits.Window("test", limit=1, seconds=60)
    window.spend("ann")
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    window.spend("ann")


def test_a_cache_that_is_away_limits_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Z4"""

    def away(*args: object, **kwargs: object) -> None:
        raise RedisError

    monkeypatch.setattr(cache, "add", away)
    limits.Window("test", limit=0, seconds=60).spend("ann")


def test_a_bucket_allows_a_burst_and_then_says_how_long_to_wait() -> None:
    bucket = limits.Bucket(rate=10, burst=3)
    assert [bucket.take() for _ in range(3)] == [0, 0, 0]
    assert 0 < bucket.take() <= 0.1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
        (2, "6.6.6.6, 9.9.9.9, 8.8.8.8", "9.9.9.9"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forged_forwarding_header_fools_nobody(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    """Q4"""
    settings.TRUSTED_PROXIES = proxies
    assert address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == expected
