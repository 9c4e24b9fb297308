"""The staff's sign-in, which guessing cannot wear down."""

from typing import Any

from django.core.exceptions import ValidationError
from unfold.forms import AuthenticationForm

from chat.api import address
from chat.errors import RateLimited
from chat.limits import Window

TRIES_PER_ADDRESS = Window("sign-ins", limit=30, seconds=300)
TRIES_PER_NAME = Window("sign-ins-name", limit=10, seconds=300)


class SignInForm(AuthenticationForm):  # type: ignore[misc]  # django-unfold has no types
    def clean(self) -> dict[str, Any]:
        """Counts every try before it looks at the password, so that the count tells nothing about it."""
        try:
            TRIES_PER_ADDRESS.spend(address(self.request))
            TRIES_PER_NAME.spend(str(self.cleaned_data.get("username", "")).lower()[:150])
        except RateLimited as error:
            raise ValidationError("Too many tries. Please wait five minutes.", code="throttled") from error
        cleaned: dict[str, Any] = super().clean()
        return cleaned
