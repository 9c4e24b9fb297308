"""What can be wrong with a deployment, said at start with a hint. Ids are stable."""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from chat import contract, routes


@register()
def every_command_has_a_use_case(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    tables = ((contract.ClientAction, "ACTIONS"), (contract.ClientQuery, "QUERIES"))
    missing = [c.__name__ for union, name in tables for c in union.__args__ if c not in routes.table(name)]
    if not missing:
        return []
    return [
        Error(
            f"Commands without a use case: {', '.join(missing)}",
            hint="Add them to unobot/routing.py.",
            id="unobot.E001",
        )
    ]


@register()
def backends_fit_together(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    scaled_out = bool(settings.REDIS_URL)
    if scaled_out and not settings.DATABASE_URL.startswith("postgres"):
        hint = "Set DATABASE_URL to a PostgreSQL database, or unset REDIS_URL to run everything in one process."
        return [Warning("REDIS_URL is set, but the database is a local file.", hint=hint, id="unobot.W001")]
    if settings.PRODUCTION and not scaled_out:
        hint = "Set REDIS_URL (and DATABASE_URL) to run more than one process."
        return [Warning("Production runs in the embedded mode: one process only.", hint=hint, id="unobot.W002")]
    return []


@register(deploy=True)
def mail_reaches_people(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        hint = "Set EMAIL_URL to smtp://… or to a provider, such as anymail+postmark://KEY@, to send them."
        return [Warning("Mails are only kept in a file.", hint=hint, id="unobot.W003")]
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if "." in address.rpartition("@")[2]:
        return []
    hint = "Set DEFAULT_FROM_EMAIL, for example to UnoBot <hello@example.com>; providers refuse any other."
    return [Warning(f"Mails are sent from {address or name}.", hint=hint, id="unobot.W004")]
