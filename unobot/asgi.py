"""HTTP to Django, WebSockets to the session consumer."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unobot.settings")
django_application = get_asgi_application()

from chat.consumers import SessionConsumer  # noqa: E402  # models can be imported only after the line above
from unobot.origins import OriginGuard  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": OriginGuard(URLRouter([re_path(r"^ws/?$", SessionConsumer.as_asgi())])),
    }
)
