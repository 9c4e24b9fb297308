"""The sites that show UnoBot."""

import re
import secrets
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models

ORIGIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")
THIS_MACHINE = ("localhost", "127.0.0.1")


def new_key() -> str:
    return secrets.token_urlsafe(12)


def demand_origins(text: str) -> None:
    """One origin a line, as a browser writes it: these go into a security header."""
    for origin in text.lower().split():
        if not ORIGIN.fullmatch(origin):
            raise ValidationError(f"{origin} is no origin. Write it as https://www.example.com, without a path.")
        if origin.startswith("http:") and urlsplit(origin).hostname not in THIS_MACHINE:
            raise ValidationError(f"{origin} must be https.")


class SiteKey(models.Model):
    """What a site names itself with, and the origins at which that name is good. It is no secret."""

    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=100)
    origins = models.TextField(
        "allowed origins", validators=[demand_origins], help_text="One a line, for example https://www.example.com."
    )
    active = models.BooleanField(default=True, help_text="When off, the widget does not open on these sites.")

    def __str__(self) -> str:
        return self.name
