"""A text column that is encrypted at rest with a key made from SECRET_KEY (or one of its fallbacks)."""

import base64
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"unobot sealed column").derive(
        secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))])


class SealedField(models.TextField):  # type: ignore[type-arg]  # generic for the type checker only
    """Reads as an empty text when the key has changed, so that the connection has to be made anew."""

    def get_prep_value(self, value: Any) -> Any:
        return _keys().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str:
        if not value:
            return ""
        try:
            return _keys().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""
