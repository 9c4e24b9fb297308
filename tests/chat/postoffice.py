"""Providers that take mails over real connections, and refuse them in their own words."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.stack import free_port


class Smtp:
    """``refusals`` are answered to the next recipients or, with ``of_data``, to the next mails."""

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.of_data = False
        self.taken: list[EmailMessage] = []
        self.readers: list[str] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refusals and not self.of_data:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        content = envelope.original_content or b""
        self.taken.append(message_from_bytes(content, policy=policy.default))
        self.readers += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def smtp_server() -> Iterator[tuple[Smtp, str]]:
    """The server, and the EMAIL_URL that leads to it."""
    smtp, port = Smtp(), free_port()
    controller = Controller(smtp, hostname="127.0.0.1", port=port)
    controller.start()
    yield smtp, f"smtp://127.0.0.1:{port}"
    controller.stop()


class Postmark(ThreadingHTTPServer):
    """The shapes of https://postmarkapp.com/developer/api/email-api. ``refusals`` are (status, body) answered next."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refusals: list[tuple[int, Any]] = []
        self.taken: list[dict[str, Any]] = []
        self.keys: list[str | None] = []


class _Handler(BaseHTTPRequestHandler):
    server: Postmark

    def do_POST(self) -> None:
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.append(self.headers["X-Postmark-Server-Token"])
        if self.server.refusals:
            self._answer(*self.server.refusals.pop(0))
            return
        self.server.taken.append(mail)
        self._answer(200, {"To": mail["To"], "MessageID": "b7bc2f4a", "ErrorCode": 0, "Message": "OK"})

    def _answer(self, status: int, body: Any) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def postmark_server() -> Iterator[tuple[Postmark, str]]:
    server = Postmark()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server, f"anymail+postmark://the-key@?api=http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
