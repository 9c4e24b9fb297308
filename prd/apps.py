from django.apps import AppConfig


class PrdConfig(AppConfig):
    name = "prd"
    default_auto_field = "django.db.models.BigAutoField"
