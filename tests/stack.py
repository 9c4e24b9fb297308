"""Real UnoBot processes for tests: one embedded server, or web processes and workers around PostgreSQL and Redis."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@dataclass
class Process:
    """One of our processes; ``url`` is set for web processes."""

    popen: subprocess.Popen[bytes]
    url: str = ""

    def kill(self) -> None:
        """kill -9, children too."""
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(10)

    def terminate(self) -> None:
        with suppress(ProcessLookupError):
            self.popen.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(10)

    def stop(self) -> None:
        self.terminate()
        self.kill()


@dataclass
class Stack:
    """A deployment: its environment and its processes. ``data`` holds the files of the embedded mode and all logs."""

    data: Path
    extra: dict[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
        return {**kept, "UNOBOT_DATA": str(self.data), "UNOBOT_RATE_LIMITS": "off", "LOG_LEVEL": "INFO", **self.extra}

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.stdout}\n{done.stderr}")
        return done.stdout

    def prepare(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("seed_experts")

    def _start(self, name: str, command: list[str], url: str = "") -> Process:
        with (self.data / f"{name}-{len(self.processes)}.log").open("ab") as log:
            popen = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
        process = Process(popen, url)
        self.processes.append(process)
        return process

    def web(self, port: int = 0) -> Process:
        """A web process that answers; its port can be given to restart one in its old place."""
        port = port or free_port()
        url = f"http://127.0.0.1:{port}"
        process = self._start("web", [sys.executable, "manage.py", "serve", "--port", str(port)], url)
        self.wait_for(process, f"{url}/healthz")
        return process

    def worker(self) -> Process:
        celery = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "unobot",
            "worker",
            "-Q",
            "chat,documents,mail",
            "-l",
            "WARNING",
        ]
        return self._start("worker", [*celery, "--concurrency", "2"])

    def beat(self) -> Process:
        schedule = str(self.data / "beat")
        return self._start(
            "beat", [sys.executable, "-m", "celery", "-A", "unobot", "beat", "-s", schedule, "-l", "WARNING"]
        )

    def wait_for(self, process: Process, url: str) -> None:
        ends = time.monotonic() + READY_WITHIN_SECONDS
        while not answers(url):
            if process.popen.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"the server did not answer:\n{self.logs()}")
            time.sleep(0.05)

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace")[-4000:] for path in sorted(self.data.glob("*.log")))

    def stop(self) -> None:
        for process in self.processes:
            process.stop()


def new_database(server_url: str, *, template: str = "template1") -> str:
    """A fresh database on the server that the URL names, as the template is; its URL."""
    name = f"unobot_{uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def database_name(url: str) -> str:
    return urlsplit(url).path.strip("/")
