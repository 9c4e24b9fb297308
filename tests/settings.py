"""The product's settings for tests: a folder of its own, cheap passwords, no rate limits unless a test wants them."""

import os
import tempfile

os.environ.setdefault("UNOBOT_DATA", tempfile.mkdtemp(prefix="unobot-tests-"))
os.environ.setdefault("LOG_LEVEL", "WARNING")

from unobot.settings import *  # noqa: F403

RATE_LIMITS = False
PUBLIC_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"].setdefault("TEST", {})  # noqa: F405
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"]["NAME"] = os.path.join(os.environ["UNOBOT_DATA"], "test.sqlite3")  # noqa: F405
