from django.apps import AppConfig
from django.db.models.signals import post_migrate

from unobot import checks  # noqa: F401  # registers the system checks
from unobot.roles import grant_roles


class UnobotConfig(AppConfig):
    name = "unobot"

    def ready(self) -> None:
        post_migrate.connect(grant_roles, dispatch_uid="unobot.roles")
