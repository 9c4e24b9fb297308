"""People, clocks and servers that tests share."""

import os
import pathlib

import pytest
from django.conf import settings

ROOT = pathlib.Path(__file__).resolve().parent.parent
BROWSER = pathlib.Path(os.environ.get("UNOBOT_BROWSER", "/usr/bin/chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Scale-out tests need the services that DATABASE_URL and REDIS_URL name; the embedded pass leaves them out."""
    if not settings.REDIS_URL:
        items[:] = [item for item in items if item.get_closest_marker("scaleout") is None]
