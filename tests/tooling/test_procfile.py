"""The processes of the Procfile, started as a platform would start them."""

import json
import os
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from dev import ROOT, VENV, Children, free_port, is_taken
from tests.stack import Stack, new_database

READY_WITHIN_SECONDS = 40.0


def readiness(url: str) -> dict[str, dict[str, bool]]:
    """The checks of /readyz by name; empty while nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            body = response.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError:
        return {}
    checks: dict[str, dict[str, bool]] = json.loads(body)["checks"]
    return checks


@pytest.mark.scaleout
def test_web_worker_and_beat_become_ready_and_end_when_told(tmp_path: Path) -> None:
    port = free_port()
    stack = Stack(tmp_path, {"DATABASE_URL": new_database(settings.DATABASE_URL), "REDIS_URL": settings.REDIS_URL})
    stack.prepare()
    environment = {**stack.env, "PORT": str(port), "PATH": f"{VENV / 'bin'}:{os.environ['PATH']}"}
    lines = [line.partition(": ")[2] for line in (ROOT / "Procfile").read_text().splitlines()]
    with Children() as children:
        started = [children.start(["sh", "-c", f"exec {line}"], env=environment) for line in lines]
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not (checks := readiness(f"http://127.0.0.1:{port}/readyz")) or not checks["workers"]["ok"]:
            assert time.monotonic() < deadline, checks
            time.sleep(0.2)
        assert [process.poll() for process in started] == [None, None, None]
        assert all(check["ok"] for check in checks.values())
    assert [process.returncode for process in started] == [0, 0, 0]
    assert not is_taken(port)
