"""A wrong setting stops the start with a hint."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {
    "UNOBOT_PRODUCTION": "on",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "chat.example.com",
    "PUBLIC_URL": "https://chat.example.com",
}


def start(tmp_path: Path, *options: str, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    env = {**kept, **GOOD, "UNOBOT_DATA": str(tmp_path), **changes}
    command = [sys.executable, "manage.py", "check", *options]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_production_starts_when_it_is_told_everything(tmp_path: Path) -> None:
    """Q7"""
    assert start(tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SECRET_KEY", "short", "at least 50 random characters"),
        ("ALLOWED_HOSTS", "", "hosts of this site"),
        ("PUBLIC_URL", "http://chat.example.com", "https address"),
        ("DATABASE_URL", "mysql://db/x", "postgres://"),
        ("REDIS_URL", "http://redis", "redis://"),
        ("UNOBOT_RATE_LIMITS", "off", "load tests"),
        ("EMAIL_URL", "anymail+pigeon://key@", "known are brevo"),
        ("RETENTION_DAYS", "6", "at least 7"),
        ("FOLLOW_UP_DAYS", "7", "on the 7th a conversation has ended"),
    ],
)
def test_production_refuses_to_start_with_a_hint(tmp_path: Path, name: str, value: str, hint: str) -> None:
    """Q7"""
    refused = start(tmp_path, **{name: value})
    assert refused.returncode != 0
    assert hint in refused.stderr


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"EMAIL_URL": ""}, "unobot.W003"),
        ({"EMAIL_URL": "anymail+postmark://key@"}, "unobot.W004"),
        ({"EMAIL_URL": "smtp://mail", "DEFAULT_FROM_EMAIL": "UnoBot <hello@example.com>"}, ""),
    ],
)
def test_the_deployment_check_says_what_would_keep_mails_from_people(
    tmp_path: Path, changes: dict[str, str], hint: str
) -> None:
    told = start(tmp_path, "--deploy", **changes).stderr
    assert [name for name in ("unobot.W003", "unobot.W004") if name in told] == ([hint] if hint else [])
