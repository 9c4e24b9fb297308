"""Which pages may open a socket, and which may speak to the REST interface from another origin."""

from asyncio import iscoroutinefunction
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import sync_and_async_middleware

from chat import pool
from chat.api import refuse
from chat.errors import Forbidden
from frontend.sites import origins_of

API = "/api/v1/"
SHARED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Expose-Headers": "Retry-After, Content-Disposition",
    "Access-Control-Max-Age": "600",
}


def is_own(origin: str | None, host: str) -> bool:
    return origin is not None and (urlsplit(origin).netloc == host or origin == settings.PUBLIC_URL)


def allowed(origin: str | None, host: str, named: Sequence[str] | None = None) -> bool:
    """With a site key only its origins (``named``) and our own. Without one, with ALLOWED_ORIGINS the origin must be
    one of them; without either, it must be this host, or a program's own.
    """
    if named is not None:
        return origin in named or is_own(origin, host)
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
        key = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("site", [""])[0]
        named = await pool.run(origins_of, key) if key else None
        if allowed(origin.decode("latin-1") if origin is not None else None, host, named):
            return await self.application(scope, receive, send)
        denier: Any = WebsocketDenier()
        return await denier(scope, receive, send)


@sync_and_async_middleware
def share_api(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Lets the pages of known sites read the REST interface, and refuses the pages of all others.

    A program sends no Origin and a page of ours its own: neither is asked anything.
    """

    async def guarded(request: HttpRequest) -> Any:
        if not _crosses(request):
            return await get_response(request)
        if not await pool.run(_may_cross, request):
            return _refusal()
        return _shared(request, HttpResponse() if request.method == "OPTIONS" else await get_response(request))

    def guarded_sync(request: HttpRequest) -> Any:
        if not _crosses(request):
            return get_response(request)
        if not _may_cross(request):
            return _refusal()
        return _shared(request, HttpResponse() if request.method == "OPTIONS" else get_response(request))

    return guarded if iscoroutinefunction(get_response) else guarded_sync


def _crosses(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    return request.path.startswith(API) and origin is not None and not is_own(origin, request.get_host())


def _may_cross(request: HttpRequest) -> bool:
    key = request.GET.get("site", "")
    return request.headers["Origin"] in (origins_of(key) if key else settings.ALLOWED_ORIGINS)


def _refusal() -> HttpResponse:
    return refuse(Forbidden("This site may not talk to UnoBot."))


def _shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = request.headers["Origin"]
    for name, value in SHARED.items():
        response[name] = value
    patch_vary_headers(response, ["Origin"])
    return response
