"""Which pages may open a socket."""

from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings


def allowed(origin: str | None, host: str) -> bool:
    """With ALLOWED_ORIGINS the origin must be one of them; without, it must be this host, or a program's own."""
    if settings.ALLOWED_ORIGINS:
        return origin in settings.ALLOWED_ORIGINS
    return origin is None or urlsplit(origin).netloc == host


class OriginGuard:
    """Refuses a handshake from a page that may not talk to us."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        headers = dict(scope.get("headers", ()))
        origin = headers.get(b"origin")
        host = headers.get(b"host", b"").decode("latin-1")
        if allowed(origin.decode("latin-1") if origin is not None else None, host):
            return await self.application(scope, receive, send)
        denier: Any = WebsocketDenier()
        return await denier(scope, receive, send)
