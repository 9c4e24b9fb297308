from django.apps import AppConfig

from unobot import checks as checks  # registers the system checks


class UnobotConfig(AppConfig):
    name = "unobot"
