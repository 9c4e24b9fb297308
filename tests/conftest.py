"""People, clocks and servers that tests share."""

import os
import pathlib
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings

from tests.stack import Stack, database_name, new_database

# A landing is judged on the same examples each time; by hand, every run looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("steady")

BROWSER = pathlib.Path(os.environ.get("UNOBOT_BROWSER", "/usr/bin/chromium"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Scale-out tests need the services that DATABASE_URL and REDIS_URL name; the embedded pass leaves them out."""
    if not settings.REDIS_URL:
        items[:] = [item for item in items if item.get_closest_marker("scaleout") is None]


@pytest.fixture(scope="session")
def prepared_file(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A migrated and seeded SQLite file, to be copied."""
    stack = Stack(tmp_path_factory.mktemp("prepared"))
    stack.prepare()
    return stack.data / "unobot.sqlite3"


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated and seeded database on the test services, to be copied."""
    url = new_database(settings.DATABASE_URL)
    Stack(tmp_path_factory.mktemp("prepared"), {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL}).prepare()
    return database_name(url)


def embedded_stack(data: pathlib.Path, prepared: pathlib.Path) -> Stack:
    """Nothing started yet: everything inside one server, on a file of its own."""
    shutil.copy(prepared, data)
    return Stack(data)


def scaled_out_stack(data: pathlib.Path, prepared: str) -> Stack:
    """Nothing started yet: a database of its own on the test services."""
    url = new_database(settings.DATABASE_URL, template=prepared)
    return Stack(data, {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL})


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory, prepared_file: pathlib.Path) -> Iterator[Stack]:
    """One server with everything inside, on a SQLite file."""
    stack = embedded_stack(tmp_path_factory.mktemp("embedded"), prepared_file)
    stack.web()
    yield stack
    stack.stop()


@pytest.fixture(scope="session")
def scaled_out(tmp_path_factory: pytest.TempPathFactory, prepared_database: str) -> Iterator[Stack]:
    """Two web processes and a worker on PostgreSQL and Redis."""
    stack = scaled_out_stack(tmp_path_factory.mktemp("scaled-out"), prepared_database)
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
