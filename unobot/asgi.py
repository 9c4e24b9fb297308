"""HTTP to Django, WebSockets to the session consumer."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unobot.settings")
django_application = get_asgi_application()

from chat.consumers import SessionConsumer  # noqa: E402  # models can be imported only after the line above
from chat.socketio import SocketIOConsumer  # noqa: E402
from unobot.origins import OriginGuard  # noqa: E402

plain, socket_io = SessionConsumer.as_asgi(), SocketIOConsumer.as_asgi()


async def session_socket(scope: Any, receive: Any, send: Any) -> Any:
    """Socket.IO clients say so in the query."""
    consumer = socket_io if b"EIO=4" in scope["query_string"] else plain
    return await consumer(scope, receive, send)


# Any: Channels nests applications that are no views, which Django's types do not know.
SOCKETS: Any = [re_path(r"^(ws|socket\.io)(/.*)?$", session_socket)]
application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": OriginGuard(URLRouter(SOCKETS)),
    }
)
