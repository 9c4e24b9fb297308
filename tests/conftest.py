"""People, clocks and servers that tests share."""

import os
import pathlib
from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.stack import Stack, new_database

BROWSER = pathlib.Path(os.environ.get("UNOBOT_BROWSER", "/usr/bin/chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Scale-out tests need the services that DATABASE_URL and REDIS_URL name; the embedded pass leaves them out."""
    if not settings.REDIS_URL:
        items[:] = [item for item in items if item.get_closest_marker("scaleout") is None]


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One server with everything inside, on a SQLite file."""
    stack = Stack(tmp_path_factory.mktemp("embedded"))
    stack.prepare()
    stack.web()
    yield stack
    stack.stop()


def scaled_out_stack(data: pathlib.Path) -> Stack:
    """Nothing started yet: a database of its own on the test services."""
    extra = {"DATABASE_URL": new_database(settings.DATABASE_URL), "REDIS_URL": settings.REDIS_URL}
    stack = Stack(data, extra)
    stack.prepare()
    return stack


@pytest.fixture(scope="session")
def scaled_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Two web processes and a worker on PostgreSQL and Redis."""
    stack = scaled_out_stack(tmp_path_factory.mktemp("scaled-out"))
    stack.worker()
    stack.web()
    stack.web()
    yield stack
    stack.stop()


@pytest.fixture(params=["embedded", pytest.param("scaled_out", marks=pytest.mark.scaleout)])
def deployment(request: pytest.FixtureRequest) -> Stack:
    """The same test on both deployments."""
    stack: Stack = request.getfixturevalue(request.param)
    return stack


@pytest.fixture
def url(deployment: Stack) -> str:
    return next(process.url for process in deployment.processes if process.url)
