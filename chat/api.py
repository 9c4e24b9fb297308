"""The REST twin of the socket: the same commands, the same events, the same errors."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial, wraps
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from channels.layers import get_channel_layer
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from chat import (
    access,
    contract,
    dispatch,
    downloads,
    errors,
    eventlog,
    limits,
    openapi,
    pool,
    presence,
    rest,
    services,
    shapes,
)
from chat.models import Session
from chat.publish import room

log = logging.getLogger(__name__)

MAX_WAIT_SECONDS = 25
MOST_ID = 64
FORM_BYTES = 16 * 1024  # what a form has around its file
T = TypeVar("T")
View = Callable[..., Awaitable[HttpResponse]]
Guarded = Callable[..., Coroutine[Any, Any, HttpResponse]]


def respond(body: Any, status: int = 200) -> HttpResponse:
    content = body if isinstance(body, bytes) else msgspec.json.encode(body)
    response = HttpResponse(content, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def refuse(error: errors.UnoBotError, command: contract.Command | None = None) -> HttpResponse:
    response = respond(dispatch.error_frame(error, command), error.status)
    if error.retry_after_ms is not None:
        response["Retry-After"] = str(-(-error.retry_after_ms // 1000))
    return response


def address(request: HttpRequest) -> str:
    """The visitor's address: the entry of X-Forwarded-For that our outermost trusted proxy wrote."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    return hops[-trusted] if trusted and len(hops) >= trusted else str(request.META.get("REMOTE_ADDR", ""))


def endpoint(method: str) -> Callable[[View], Guarded]:
    """One method, rate limited by address, every outcome in the one error schema."""

    def decorate(view: View) -> Guarded:
        @csrf_exempt
        @wraps(view)
        async def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method != method:
                response = HttpResponse(status=405)
                response["Allow"] = method
                return response
            try:
                await pool.run(limits.REQUESTS_PER_ADDRESS.spend, address(request))
                return await view(request, **kwargs)
            except errors.UnoBotError as error:
                return refuse(error)

        return guarded

    return decorate


def bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise errors.Forbidden
    return token.strip()


def _body(request: HttpRequest, shape: type[T]) -> T:
    if len(request.body) > shapes.MAX_FRAME_BYTES:
        raise errors.TooLarge
    try:
        return msgspec.json.decode(request.body or b"{}", type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise errors.Invalid(str(error)) from error


async def _open(request: HttpRequest, session_id: UUID) -> Session:
    """The session that the request's token opens. Whoever asks is here, with or without a socket."""
    opened = await pool.run(access.open_session, session_id, bearer(request), now=timezone.now())
    presence.asked(session_id)
    return opened


@endpoint("POST")
async def sessions(request: HttpRequest) -> HttpResponse:
    wish = _body(request, rest.StartSession)
    await pool.run(limits.SESSIONS_PER_ADDRESS.spend, address(request))
    language = wish.language or request.headers.get("Accept-Language", "")
    started = await pool.run(
        services.start_session,
        language=language,
        zone=wish.timezone or "UTC",
        referrer=wish.referrer or "",
        industry=wish.industry,
        now=timezone.now(),
    )
    return respond(started, 201)


@endpoint("POST")
async def resume(request: HttpRequest) -> HttpResponse:
    return respond(
        await pool.run(services.resume_session, token=_body(request, rest.ResumeSession).token, now=timezone.now())
    )


@endpoint("GET")
async def session(request: HttpRequest, *, session_id: UUID) -> HttpResponse:
    return respond(services.describe(await _open(request, session_id)))


@endpoint("GET")
async def export(request: HttpRequest, *, session_id: UUID) -> HttpResponse:
    response = respond(await pool.run(services.exported, await _open(request, session_id)))
    response["Content-Disposition"] = 'attachment; filename="unobot-my-data.json"'
    return response


@endpoint("POST")
async def commands(request: HttpRequest, *, session_id: UUID) -> HttpResponse:
    await _open(request, session_id)
    await pool.run(limits.COMMANDS_PER_SESSION.spend, session_id.hex)
    command = dispatch.decode(request.body)
    if isinstance(command, contract.JoinSession):
        raise errors.Invalid("Over REST there is nothing to join: read the events instead.")
    try:
        answer = await pool.run(dispatch.perform, command, session_id=session_id, now=timezone.now())
    except errors.UnoBotError as error:
        return refuse(error, command)
    return respond(answer) if answer is not None else HttpResponse(status=202)


@endpoint("POST")
async def attachments(request: HttpRequest, *, session_id: UUID) -> HttpResponse:
    """A form with a command's ``id`` and one ``file``, acknowledged as a command is."""
    await _open(request, session_id)
    await pool.run(limits.COMMANDS_PER_SESSION.spend, session_id.hex)
    return respond(await pool.run(_attach, request, session_id))


def _attach(request: HttpRequest, session_id: UUID) -> contract.Ack:
    client_id, name, content = _form(request)
    now = timezone.now()
    return dispatch.patiently(
        lambda: dispatch.once(
            partial(services.attach_file, now=now, name=name, content=content),
            session_id=session_id,
            client_id=client_id,
            kind="attach_file",
            body=name.encode() + content,
            now=now,
        )
    )


def _form(request: HttpRequest) -> tuple[str, str, bytes]:
    """The command's id, the file's name and its content; what is too large is refused before it is taken apart."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > shapes.MAX_FILE_BYTES + FORM_BYTES:
        raise errors.TooLarge(services.FILE_TOO_LARGE)
    try:
        file, client_id = request.FILES.get("file"), request.POST.get("id", "")
    except (BadRequest, SuspiciousOperation) as error:
        raise errors.Invalid("That is no form with a file.") from error
    if file is None or not 1 <= len(client_id) <= MOST_ID or "\x00" in client_id:
        raise errors.Invalid("Send a form with an id and one file.")
    return client_id, str(file.name), file.read()


@endpoint("GET")
async def attachment(request: HttpRequest, *, session_id: UUID, attachment_id: UUID) -> HttpResponse:
    opened = await _open(request, session_id)
    return downloads.response(*await pool.run(services.attached_file, opened, attachment_id))


def _whole(request: HttpRequest, name: str, *, most: int) -> int:
    text = request.GET.get(name, "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 10:
        raise errors.Invalid.field(name, f"{name} must be a whole number")
    return min(int(text), most)


@endpoint("GET")
async def events(request: HttpRequest, *, session_id: UUID) -> HttpResponse:
    """The events after ``after``; with ``wait``, held open up to so many seconds until there are some."""
    after = _whole(request, "after", most=2**31 - 1)
    wait = _whole(request, "wait", most=MAX_WAIT_SECONDS)
    await _open(request, session_id)
    frames = await _frames_within(session_id, after, wait)
    last = frames[-1][0] if frames else after
    return respond(b'{"events":[' + ",".join(body for _, body in frames).encode() + f'],"last_seq":{last}}}'.encode())


async def _frames_within(session_id: UUID, after: int, wait: int) -> list[eventlog.Frame]:
    layer: Any = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(room(session_id), channel)
    ends = asyncio.get_running_loop().time() + wait
    try:
        frames = await pool.run(eventlog.after, session_id, after)
        while not frames and (left := ends - asyncio.get_running_loop().time()) > 0:
            await _something_new(layer, channel, min(left, 3))
            frames = await pool.run(eventlog.after, session_id, after)
    finally:
        await layer.group_discard(room(session_id), channel)
    return frames


async def _something_new(layer: Any, channel: str, seconds: float) -> None:
    """A push, or the end of patience: a lost push must not hold a reader up."""
    try:
        async with asyncio.timeout(seconds):
            await layer.receive(channel)
    except TimeoutError:
        return


@endpoint("GET")
async def openapi_document(request: HttpRequest) -> HttpResponse:
    return respond(openapi.document().encode())


def server_error(request: HttpRequest) -> HttpResponse:
    """The last resort, in the one error schema; the log has the traceback."""
    return refuse(errors.UnoBotError())
