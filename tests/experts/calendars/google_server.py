"""A small Google: tokens, free/busy and events in the shapes of its REST interface, and its ways to fail."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from experts.calendars.google import Endpoints


class GoogleServer(ThreadingHTTPServer):
    """``failures`` are (status, reason) answered to the next calls of the calendar interface."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.busy: list[dict[str, str]] = []
        self.events: dict[str, dict[str, Any]] = {}
        self.failures: list[tuple[int, str]] = []
        self.tokens_given = 0
        self.revoked = False

    @property
    def endpoints(self) -> Endpoints:
        base = f"http://127.0.0.1:{self.server_port}"
        return Endpoints(authorize=f"{base}/auth", token=f"{base}/token", api=f"{base}/calendar/v3")


class _Handler(BaseHTTPRequestHandler):
    server: GoogleServer

    def _answer(self, status: int, body: Any = None) -> None:
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()
        if body is not None:
            self.wfile.write(json.dumps(body).encode())

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _token(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(self._body().decode()).items()}
        if self.server.revoked or asked.get("client_secret") != "secret":
            self._answer(400, {"error": "invalid_grant"})
            return
        self.server.tokens_given += 1
        given = {"access_token": f"access-{self.server.tokens_given}", "expires_in": 3599, "token_type": "Bearer"}
        self._answer(200, {**given, "refresh_token": "refresh"} if "code" in asked else given)

    def _handle(self) -> None:
        if self.path == "/token":
            self._token()
            return
        body = json.loads(self._body() or b"{}")
        if self.server.failures:
            status, reason = self.server.failures.pop(0)
            self._answer(status, {"error": {"code": status, "errors": [{"reason": reason}]}})
        elif self.path.endswith("/freeBusy"):
            self._answer(200, {"calendars": {body["items"][0]["id"]: {"busy": self.server.busy}}})
        else:
            self._event(body)

    do_GET = do_POST = do_PATCH = do_DELETE = _handle

    def _event(self, body: dict[str, Any]) -> None:
        key = self.path.partition("?")[0].rpartition("/")[2]
        if self.command == "POST":
            link = "https://meet.google.com/abc" if "conferenceData" in body else ""
            self.server.events[body["id"]] = {**body, "hangoutLink": link}
            self._answer(200, self.server.events[body["id"]])
        elif key not in self.server.events:
            self._answer(410 if self.command == "DELETE" else 404, {"error": {"errors": [{"reason": "notFound"}]}})
        elif self.command == "DELETE":
            del self.server.events[key]
            self._answer(204)
        else:
            self.server.events[key].update(body)
            self._answer(200, self.server.events[key])

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def google_server() -> Iterator[GoogleServer]:
    server = GoogleServer()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
