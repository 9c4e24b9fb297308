"""A line between browser and server that a test can cut."""

import select
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CHUNK = 65_536
PATIENCE_SECONDS = 0.2


@dataclass
class Line:
    """Forwards a loopback port to a server. ``cut`` drops every connection and refuses new ones."""

    target: str
    is_cut: bool = False
    no_sockets: bool = False
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    _open: set[socket.socket] = field(default_factory=set)
    _over: bool = False

    def __post_init__(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut(self) -> None:
        self.is_cut = True
        self._drop()

    def mend(self) -> None:
        self.is_cut = self.no_sockets = False

    def cut_sockets(self) -> None:
        """As a proxy that knows no WebSockets: everything else goes through."""
        self.no_sockets = True
        self._drop()

    def close(self) -> None:
        self._over = True
        self._listener.close()
        self._drop()

    def _drop(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._over:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError):
            if self.is_cut:
                return
            address = urlsplit(self.target)
            with socket.create_connection((address.hostname, address.port)) as far:
                self._open |= {near, far}
                try:
                    self._carry(near, far)
                finally:
                    self._open -= {near, far}

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        other = {near: far, far: near}
        while not self.is_cut:
            ready, _, _ = select.select([near, far], [], [], PATIENCE_SECONDS)
            for end in ready:
                data = end.recv(CHUNK)
                if not data or (self.no_sockets and data.startswith(b"GET /ws/")):
                    return
                other[end].sendall(data)
