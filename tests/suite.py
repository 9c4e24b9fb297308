"""Every check of the project in the order that finds faults soonest; `python3 dev.py test` starts it with a
PostgreSQL and a Redis of its own in DATABASE_URL and REDIS_URL."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import dev

LOGS = dev.VAR / "test"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
COUNTS = re.compile(r"\b\d+ (passed|failed)\b")
TAIL_LINES = 400


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    command: Sequence[str]
    cwd: Path = dev.ROOT
    scaled_out: bool = False
    """On PostgreSQL and Redis instead of SQLite and one process."""


@dataclass(frozen=True, kw_only=True)
class Result:
    step: Step
    code: int
    seconds: float
    output: str


def tool(*words: str) -> list[str]:
    return [dev.PYTHON, "-m", *words]


def pytest(name: str, marks: str, *, scaled_out: bool = False) -> Step:
    where = "PostgreSQL + Redis" if scaled_out else "SQLite, one process"
    command = [*tool("pytest", "-q", "--color=no", "--durations=8", "--durations-min=5", "-m", marks)]
    return Step(name=f"pytest: {name} on {where}", command=command, scaled_out=scaled_out)


def npm(name: str, script: str) -> Step:
    return Step(name=name, command=["npm", "run", "--silent", script], cwd=dev.FRONTEND)


PYTHON_CHECKS = [
    Step(name="ruff check", command=tool("ruff", "check", ".")),
    Step(name="ruff format", command=tool("ruff", "format", "--check", ".")),
    Step(name="import-linter", command=[str(dev.VENV / "bin" / "lint-imports"), "--no-logo"]),
    Step(name="contract written", command=[dev.PYTHON, "manage.py", "write_contract", "--check"]),
    Step(name="migrations written", command=[dev.PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    Step(name="mypy --strict", command=tool("mypy", ".")),
]
PAGE_CHECKS = [
    npm("tsc", "typecheck"),
    npm("ESLint", "lint"),
    npm("Vitest", "test"),
    Step(name="build equals frontend/dist", command=tool("tests.tooling.rebuild")),
]
EMBEDDED = pytest("the embedded part", "not scaleout and not browser and not faults")
SCALED_OUT = pytest("all but browsers and faults", "not browser and not faults", scaled_out=True)
ALONE = [
    pytest("the page in Chromium", "browser and not scaleout"),
    pytest("faults", "faults and not browser and not scaleout"),
    pytest("faults and browsers", "scaleout and (faults or browser)", scaled_out=True),
]


def rounds(*, fast: bool) -> list[list[list[Step]]]:
    """Rounds of lanes of steps: the lanes of a round run beside each other, one for each of two cores. What kills
    processes or watches a browser gets the machine for itself."""
    beside = [[*PYTHON_CHECKS, EMBEDDED], [*PAGE_CHECKS, SCALED_OUT]]
    return [beside] if fast else [beside, [ALONE]]


def summary(output: str) -> str:
    """The line in which a tool says how it went: its last count of tests, else its last words."""
    lines = [line.strip(" =") for line in ANSI.sub("", output).splitlines() if line.strip(" =")]
    counts = [line for line in lines if COUNTS.search(line)]
    return (counts or lines or [""])[-1]


def environment(step: Step, data: Path) -> dict[str, str]:
    services = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL")} if step.scaled_out else {}
    return {**dev.server_env(data, isolated=True), **services, "NO_COLOR": "1", "CI": "1"}


@dataclass
class Suite:
    children: dev.Children
    results: list[Result] = field(default_factory=list)
    _telling: threading.Lock = field(default_factory=threading.Lock)

    def run_lane(self, lane: Sequence[Step]) -> None:
        for step in lane:
            self.run(step)

    def run(self, step: Step) -> None:
        log = LOGS / f"{re.sub(r'[^a-z0-9]+', '-', step.name.lower())}.log"
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="unobot-test-", ignore_cleanup_errors=True) as data:
            process = self.children.start(
                step.command, cwd=step.cwd, env=environment(step, Path(data)), output=log, stop=signal.SIGINT
            )
            code = process.wait()
            self.children.stop(process)
        result = Result(step=step, code=code, seconds=time.monotonic() - started, output=log.read_text())
        with self._telling:
            self.results.append(result)
            tell(result)


def tell(result: Result) -> None:
    mark = "ok  " if result.code == 0 else "FAIL"
    print(f"{mark} {result.step.name:<58} {result.seconds:6.1f} s  {summary(result.output)}", flush=True)
    if result.code:
        print("\n".join(result.output.splitlines()[-TAIL_LINES:]), flush=True)


def version(*command: str) -> str:
    """A program's own words about its version, without what Debian adds."""
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+(\.\d+)+", shown)
    return found.group() if found else "?"


def tools_used(environ: Mapping[str, str], *, fast: bool) -> str:
    postgres = f"PostgreSQL {version(f'{dev.find_postgres()}/postgres', '--version')}"
    sqlite = version(dev.PYTHON, "-c", "import sqlite3; print(sqlite3.sqlite_version)")
    redis = version(dev.find_redis() or "", "--version")
    browser = (
        "no browser, no faults (--fast)" if fast else f"Chromium {version(environ['UNOBOT_BROWSER'], '--version')}"
    )
    return f"{postgres}, Redis {redis}, SQLite {sqlite}, Vitest on Node {version('node', '--version')}, {browser}"


def main(words: Sequence[str]) -> int:
    fast = "--fast" in words
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    used = tools_used(os.environ, fast=fast)
    print(f"With {used}", flush=True)
    with ThreadPoolExecutor() as pool, dev.Children(patience=8) as children:
        suite = Suite(children)
        for lanes in rounds(fast=fast):
            list(pool.map(suite.run_lane, lanes))
    failed = [result.step.name for result in suite.results if result.code]
    count, seconds = len(suite.results), time.monotonic() - started
    if failed:
        print(f"\n{len(failed)} of {count} steps failed after {seconds:.0f} s: {'; '.join(failed)}")
        return 1
    print(f"\nAll {count} steps passed in {seconds:.0f} s with {used}")
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, dev.interrupt)
    signal.signal(signal.SIGTERM, dev.interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
