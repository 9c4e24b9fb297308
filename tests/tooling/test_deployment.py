"""What starts UnoBot elsewhere says what the code says: settings, commands, queues, packages."""

import re
import shlex
from itertools import pairwise
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from dev import ROOT
from unobot.celery import QUEUES

SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "unobot"}
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
COMMANDS = {**PROCFILE, **{f"compose {name}": service["command"] for name, service in OURS.items()}}


def settings_read() -> set[str]:
    return set(re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "unobot" / "settings.py").read_text()))


def options(command: str) -> dict[str, str]:
    return {name: value for name, value in pairwise(shlex.split(command)) if name.startswith("--")}


def test_compose_sets_only_what_the_settings_read() -> None:
    assert {name for service in OURS.values() for name in service["environment"]} <= settings_read()


def test_compose_runs_two_web_processes_and_the_kinds_of_the_procfile() -> None:
    kinds = [name.partition("-")[0] for name in OURS if name != "migrate"]
    assert sorted(kinds) == ["beat", "web", "web", "worker"]
    assert set(kinds) == set(PROCFILE)


def test_compose_depends_on_services_that_exist() -> None:
    assert {name for service in SERVICES.values() for name in service.get("depends_on", [])} <= SERVICES.keys()


def test_compose_balances_every_web_process_by_its_health() -> None:
    document = yaml.safe_load((ROOT / "compose.yaml").read_text())
    caddyfile = document["configs"]["caddyfile"]["content"]
    assert set(re.findall(r"web-\d", caddyfile)) == {name for name in OURS if name.startswith("web")}
    assert "health_uri /healthz" in caddyfile


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_is_one_of_ours(command: str) -> None:
    managed = re.findall(r"manage\.py (\w+)", command)
    assert managed or command.startswith("celery --app unobot ")
    assert set(managed) <= get_commands().keys()


@pytest.mark.parametrize("command", [PROCFILE["worker"], OURS["worker"]["command"]])
def test_the_worker_serves_every_queue(command: str) -> None:
    assert options(command)["--queues"].split(",") == list(QUEUES)


def test_the_readme_names_every_setting() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE)) == settings_read()


def test_the_image_copies_every_app() -> None:
    copied = set(re.findall(r"^COPY (\w+) \w+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE))
    assert copied == {"unobot", "chat", "experts", "bookings", "prd"}


def test_the_top_level_stays_small() -> None:
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git"}
    assert len([path for path in ROOT.iterdir() if path.name not in ignored]) <= 20
