from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from bookings.overlap import check_guard, restore_triggers


class BookingsConfig(AppConfig):
    name = "bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(restore_triggers, dispatch_uid="bookings.overlap")
        checks.register(check_guard, checks.Tags.database)
