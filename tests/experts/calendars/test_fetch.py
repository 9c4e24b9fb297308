"""The guarded fetch: where it does not go, and what it does with a real https server that misbehaves."""

import datetime
import ipaddress
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from experts.calendars.fetch import Address, Fetcher, FetchError, Refused

HOST = "calendar.example.com"


def leads_to(*addresses: str) -> Callable[[str, int], Sequence[Address]]:
    return lambda host, port: [ipaddress.ip_address(address) for address in addresses]


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example.com/a.ics",
        "file:///etc/passwd",
        "gopher://calendar.example.com/",
        "https://user:password@calendar.example.com/a.ics",
        "https://calendar.example.com:8443/a.ics",
        "https://calendar.example.com:99999/a.ics",
        "https:///a.ics",
        "https://[::1/a.ics",
        "",
    ],
)
def test_only_plain_https_addresses_are_read(url: str) -> None:
    """Q8"""
    with pytest.raises(Refused):
        Fetcher(resolves=leads_to("93.184.216.34")).get(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "64:ff9b::a01:203", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_no_name_leads_into_our_network(address: str) -> None:
    with pytest.raises(Refused):
        Fetcher(resolves=leads_to(address)).get(f"https://{HOST}/a.ics")


def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(Refused):
        Fetcher(resolves=leads_to("93.184.216.34", "10.0.0.1")).get(f"https://{HOST}/")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]"])
def test_other_spellings_of_this_machine_are_refused(host: str) -> None:
    with pytest.raises(FetchError):
        Fetcher().get(f"https://{host}/")


class _Handler(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Host"]))
        if self.path == "/slow-headers":
            self._drip()
        status = {"/moved": 302, "/broken": 500, "/same": 304}.get(self.path, 200)
        self.send_response(status)
        self.send_header("ETag", '"1"')
        self.send_header("Location", "https://127.0.0.1/secret")
        self.end_headers()
        if self.path == "/drip":
            self._drip()
        elif self.path == "/endless":
            for _ in range(100):
                self.wfile.write(b"x" * 1024)
        elif status == 200:
            self.wfile.write(b"hello")

    def _drip(self) -> None:
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        pass


def _certificate(folder: Path) -> tuple[Path, Path]:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture(scope="module")
def fetcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetcher]:
    """One that takes this machine for the internet and trusts the test's certificate."""
    cert, key = _certificate(tmp_path_factory.mktemp("tls"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(cert, key)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    socketserver.BaseServer.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up on purpose
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(cert))
    yield Fetcher(
        permits=lambda _: True,
        resolves=leads_to("127.0.0.1"),
        ports=frozenset({server.server_port}),
        tls=trusting,
        max_bytes=20_000,
        max_seconds=20.0,
    )
    server.shutdown()


def url(fetcher: Fetcher, path: str) -> str:
    return f"https://{HOST}:{next(iter(fetcher.ports))}{path}"


def test_the_checked_address_is_spoken_to_under_the_hosts_own_name(fetcher: Fetcher) -> None:
    fetched = fetcher.get(url(fetcher, "/a.ics?token=1"))
    assert (fetched.body, fetched.etag) == (b"hello", '"1"')
    path, host = _Handler.seen[-1]
    assert (path, host.partition(":")[0]) == ("/a.ics?token=1", HOST)


def test_a_certificate_for_another_name_is_not_believed(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError):
        fetcher.get(url(fetcher, "/").replace(HOST, "other.example.com"))


def test_an_unchanged_copy_is_not_sent_again(fetcher: Fetcher) -> None:
    assert fetcher.get(url(fetcher, "/same"), etag='"1"').body is None


@pytest.mark.parametrize("path", ["/moved", "/broken", "/endless"])
def test_redirects_errors_and_floods_end_in_an_error(fetcher: Fetcher, path: str) -> None:
    with pytest.raises(FetchError):
        fetcher.get(url(fetcher, path))


@pytest.mark.parametrize("path", ["/drip", "/slow-headers"])
def test_the_deadline_holds_for_whoever_drips(fetcher: Fetcher, path: str) -> None:
    with pytest.raises(FetchError, match="too long"):
        replace(fetcher, max_seconds=0.5).get(url(fetcher, path))


def test_a_host_that_is_not_there_is_an_error(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError):
        replace(fetcher, ports=frozenset({1})).get(f"https://{HOST}:1/")
