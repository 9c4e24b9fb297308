"""Every backend is one URL; without one, the embedded form that needs nothing installed. Pure."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


class BadUrl(ValueError):
    """A backend's URL cannot be used; the text says which forms can."""


def database(url: str, *, data: Path) -> dict[str, Any]:
    """Django's settings of one database: ``postgres://user:password@host:port/name``, ``sqlite:///path`` or none."""
    if not url:
        return _sqlite(data / "unobot.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadUrl("DATABASE_URL must look like postgres://user:password@host:5432/name or sqlite:///path")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 10}, "connect_timeout": 5},
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": SQLITE_PRAGMAS},
    }


def _check_redis(url: str) -> None:
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise BadUrl("REDIS_URL must look like redis://host:6379/0")


def channel_layers(url: str) -> dict[str, Any]:
    if not url:
        return {"default": {"BACKEND": "chat.layers.ProcessLayer", "CONFIG": {"capacity": 2000}}}
    _check_redis(url)
    return {"default": {"BACKEND": "chat.layers.RedisLayer", "CONFIG": {"url": url}}}


def caches(url: str) -> dict[str, Any]:
    if not url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    _check_redis(url)
    options = {"socket_timeout": 2, "socket_connect_timeout": 2}
    return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": options}}


def broker(url: str) -> dict[str, Any]:
    """Celery's options: the broker and how it is spoken to."""
    if not url:
        return {"broker_url": "memory://", "broker_transport_options": {"polling_interval": 0.02}}
    _check_redis(url)
    timeouts = {"socket_timeout": 5, "socket_connect_timeout": 2, "visibility_timeout": 3600}
    return {"broker_url": url, "broker_transport_options": timeouts}


_PROVIDERS = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailgun": "MAILGUN_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sendgrid": "SENDGRID_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}
"""What Anymail calls the key of each provider that mails can be sent through."""


def email(url: str, *, data: Path) -> dict[str, Any]:
    """Django's mail settings: ``smtp://user:password@host:587`` (``smtps`` for TLS at once), a provider's API as
    ``anymail+postmark://KEY@``, or a folder of files."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data / "mails"),
        }
    parts = urlsplit(url)
    if parts.scheme.startswith("anymail+"):
        return _provider(parts)
    if parts.scheme not in ("smtp", "smtps", "smtp+tls") or not parts.hostname:
        raise BadUrl(
            "EMAIL_URL must look like smtp://user:password@host:587, smtp+tls://…, smtps://… or anymail+postmark://KEY@"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 15,
    }


def _provider(parts: SplitResult) -> dict[str, Any]:
    """``anymail+NAME://KEY@``, for Mailgun with the sending domain behind it; ``?api=`` is another address of the API,
    as for a provider's European region."""
    name = parts.scheme.removeprefix("anymail+")
    if name not in _PROVIDERS:
        raise BadUrl(f"EMAIL_URL names the provider {name!r}; known are {', '.join(sorted(_PROVIDERS))}")
    key, api = unquote(parts.username or ""), parse_qs(parts.query).get("api", [""])[0]
    if not key:
        raise BadUrl(f"EMAIL_URL has no key: write anymail+{name}://KEY@")
    if api and urlsplit(api).scheme not in ("http", "https"):
        raise BadUrl("EMAIL_URL: api= must be the http(s) address of the provider's API")
    if name == "mailgun" and not parts.hostname:
        raise BadUrl("EMAIL_URL has no sending domain: write anymail+mailgun://KEY@mg.example.com")
    options = {_PROVIDERS[name]: key, "REQUESTS_TIMEOUT": 15}
    options |= {"MAILGUN_SENDER_DOMAIN": parts.hostname} if name == "mailgun" else {}
    options |= {f"{name.upper()}_API_URL": api} if api else {}
    return {"EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend", "ANYMAIL": options}
