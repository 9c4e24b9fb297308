"""Every backend is one URL; a bad one says what a good one looks like."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection

from unobot import backends

DATA = Path("/data")


def test_no_url_is_a_file_that_waits_for_its_lock_from_the_start() -> None:
    database = backends.database("", data=DATA)
    assert database["NAME"] == "/data/unobot.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20


def test_a_postgres_url_is_taken_apart() -> None:
    database = backends.database("postgres://ann:p%40ss@db:5433/chat", data=DATA)
    parts = [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert parts == ["ann", "p@ss", "db", "5433", "chat"]
    assert database["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize("url", ["mysql://db/chat", "postgres://db", "db:5432/chat"])
def test_another_database_is_refused_with_a_hint(url: str) -> None:
    with pytest.raises(backends.BadUrl, match="postgres://"):
        backends.database(url, data=DATA)


@pytest.mark.parametrize("part", [backends.channel_layers, backends.caches, backends.broker])
def test_a_url_that_is_not_redis_is_refused_with_a_hint(part: object) -> None:
    with pytest.raises(backends.BadUrl, match="redis://"):
        part("amqp://broker")  # type: ignore[operator]  # each takes a URL


def test_without_redis_everything_stays_in_the_process() -> None:
    assert backends.broker("")["broker_url"] == "memory://"
    assert backends.channel_layers("")["default"]["BACKEND"].endswith("ProcessLayer")
    assert backends.caches("")["default"]["BACKEND"].endswith("LocMemCache")


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail", 587, False, False),
        ("smtps://mail", 465, True, False),
        ("smtp+tls://ann:secret@mail:2525", 2525, False, True),
    ],
)
def test_mail_urls(url: str, port: int, ssl: bool, tls: bool) -> None:
    mail = backends.email(url, data=DATA)
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (port, ssl, tls)


@pytest.mark.parametrize("name", ["brevo", "mailersend", "mailgun", "postmark", "resend", "sendgrid", "sparkpost"])
def test_each_provider_gets_its_key(name: str, settings: Any) -> None:
    """N7: the provider's own adapter accepts what the URL says."""
    mail = backends.email(f"anymail+{name}://k%2Fey@mg.example.com", data=DATA)
    settings.ANYMAIL = mail["ANYMAIL"]
    connection: Any = get_connection(mail["EMAIL_BACKEND"])
    assert "k/ey" in (getattr(connection, "api_key", ""), *vars(connection).values())


def test_a_provider_may_have_another_address() -> None:
    url = "anymail+mailgun://key@mg.example.com?api=https://api.eu.mailgun.net/v3"
    options = backends.email(url, data=DATA)["ANYMAIL"]
    assert (options["MAILGUN_SENDER_DOMAIN"], options["MAILGUN_API_URL"]) == (
        "mg.example.com",
        "https://api.eu.mailgun.net/v3",
    )


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("anymail+pigeon://key@", "known are brevo, .*sendgrid"),
        ("anymail+postmark://", r"write anymail\+postmark://KEY@"),
        ("anymail+mailgun://key@", "no sending domain"),
        ("anymail+sendgrid://key@?api=ftp://files", "api= must be"),
        ("postmark://key@", r"anymail\+postmark"),
    ],
)
def test_a_bad_provider_url_is_refused_with_a_hint(url: str, hint: str) -> None:
    with pytest.raises(backends.BadUrl, match=hint):
        backends.email(url, data=DATA)


def test_without_a_provider_mails_are_kept_in_files() -> None:
    assert backends.email("", data=DATA)["EMAIL_FILE_PATH"] == "/data/mails"


def test_a_bad_mail_url_is_refused_with_a_hint() -> None:
    with pytest.raises(backends.BadUrl, match="smtp://"):
        backends.email("pigeon://post", data=DATA)
