"""Serve UnoBot: daphne with the limits it needs, and without Redis the worker and the clock inside."""

import asyncio
import signal
import sys
import threading
import time
from typing import Any

from daphne.server import Server
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from twisted.internet import reactor as twisted_reactor

from chat import jobs, presence
from unobot.asgi import application
from unobot.celery import start_inside

SWEEP_EVERY_SECONDS = 1.0
FAREWELL_SECONDS = 3.0
MAX_WEBSOCKET_BYTES = 65_536

reactor: Any = twisted_reactor


def sweep_for_ever() -> None:
    """Jobs whose push or worker was lost are handed on again; every web process does it, one of them wins."""
    alone = settings.EMBEDDED
    while True:
        close_old_connections()
        try:
            jobs.sweep(now=timezone.now(), all_leases=alone)
            alone = False
        except DatabaseError as error:
            jobs.log.warning("sweep_failed", extra={"reason": type(error).__name__})
        time.sleep(SWEEP_EVERY_SECONDS)


def leave(server: Server) -> None:
    """Stop accepting, send every visitor elsewhere, end."""
    for listener in server.listeners:
        listener.addCallback(lambda port: port.stopListening())

    async def say_goodbye() -> None:
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                await presence.farewell()
        except TimeoutError:
            pass
        server.stop()

    server.goodbye = asyncio.get_event_loop().create_task(say_goodbye())


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"].replace(":", "\\:")
        # On one's own machine the links in mails lead to this server; a site says PUBLIC_URL.
        settings.PUBLIC_URL = settings.PUBLIC_URL or f"http://{options['host']}:{options['port']}"
        server: Any = Server(
            application,
            endpoints=[f"tcp:port={options['port']}:interface={host}"],
            signal_handlers=False,
            ping_interval=10,
            ping_timeout=10,
            websocket_max_message_size=MAX_WEBSOCKET_BYTES,
            websocket_max_frame_size=MAX_WEBSOCKET_BYTES,
            application_close_timeout=5,
            ready_callable=lambda: self._ready(server),
            server_name="unobot",
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: reactor.callFromThread(leave, server))
        server.run()
        if not server.listening_addresses:
            sys.exit(f"Port {options['port']} on {options['host']} cannot be used: is another server running there?")

    def _ready(self, server: Any) -> None:
        """A frame that breaks the protocol is answered with its close code; daphne would just drop the connection."""
        server.ws_factory.setProtocolOptions(failByDrop=False)
        reactor.callWhenRunning(self._start)

    def _start(self) -> None:
        if settings.EMBEDDED:
            start_inside()
        threading.Thread(target=sweep_for_ever, name="sweep", daemon=True).start()
