"""Fetching an address that someone else typed in, without becoming their way into our network.

The name is resolved once, every address it has must be a public one, and the connection goes to the address that was
checked, so that a second answer of the name server cannot lead elsewhere. Only https, only its own port, no
redirects, and limits on size and time.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MAX_BYTES = 2 * 1024 * 1024
MAX_SECONDS = 15.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class FetchError(Exception):
    """The text says why, without the address, which may be a secret."""


class Refused(FetchError):
    """Not an address we go to, whatever is there."""


def is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None or address in _NAT64:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("The host is not known.") from error
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


@dataclass(frozen=True, slots=True)
class Fetched:
    """``body`` is None when the copy named by ``etag`` is still the newest."""

    body: bytes | None
    etag: str


@dataclass(frozen=True)
class Fetcher:
    """The limits and the judges; tests put others in."""

    permits: Callable[[Address], bool] = is_public
    resolves: Callable[[str, int], Sequence[Address]] = resolve
    ports: frozenset[int] = frozenset({443})
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS

    def _split(self, url: str) -> tuple[SplitResult, str, int]:
        try:
            parts = urlsplit(url)
            port = parts.port or 443
        except ValueError as error:
            raise Refused("This is not an address.") from error
        if parts.scheme != "https" or not parts.hostname:
            raise Refused("Only https addresses are read.")
        if parts.username or parts.password:
            raise Refused("The address must not carry a name or password.")
        if port not in self.ports:
            raise Refused("Only the usual port is read.")
        return parts, parts.hostname, port

    def _checked(self, host: str, port: int) -> Address:
        addresses = self.resolves(host, port)
        if not addresses or not all(self.permits(address) for address in addresses):
            raise Refused("This address does not lead to the public internet.")
        return addresses[0]

    def get(self, url: str, *, etag: str = "", accept: str = "*/*") -> Fetched:
        """Raises Refused for an address we do not go to, FetchError for one that does not answer as it should."""
        parts, host, port = self._split(url)
        address = self._checked(host, port)
        literal = f"[{address}]" if address.version == 6 else str(address)
        target = parts._replace(netloc=f"{literal}:{port}", fragment="").geturl()
        headers = {"Host": host if port == 443 else f"{host}:{port}", "Accept": accept, "Accept-Encoding": "identity"}
        if etag:
            headers["If-None-Match"] = etag
        try:
            return asyncio.run(asyncio.wait_for(self._send(target, host, headers), self.max_seconds))
        except TimeoutError as error:
            raise FetchError("The answer takes too long.") from error
        except httpx.HTTPError as error:
            raise FetchError(f"The host did not answer ({type(error).__name__}).") from error

    async def _send(self, target: str, host: str, headers: dict[str, str]) -> Fetched:
        """Under a loop of its own: only there a deadline holds for slow headers and slow bodies alike."""
        client = httpx.AsyncClient(verify=self.tls, timeout=5.0, follow_redirects=False, trust_env=False)
        named = {"sni_hostname": host}
        async with client, client.stream("GET", target, headers=headers, extensions=named) as response:
            return await self._read(response)

    async def _read(self, response: httpx.Response) -> Fetched:
        etag = response.headers.get("ETag", "")
        if response.status_code == 304:
            return Fetched(None, etag)
        if response.status_code != 200:
            raise FetchError(f"The host answered {response.status_code}.")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > self.max_bytes:
                raise FetchError("The answer is too large.")
        return Fetched(bytes(body), etag)
