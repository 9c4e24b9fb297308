"""First-chunk and whole-turn latency over real WebSockets, at 1 and at 50 sessions talking at once.

    .venv/bin/python -m tests.bench.bench_turns [--url URL] [--turns 10]

Without a URL an embedded server is started with the rate limits off.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from tests.stack import Stack
from unobot.visitor import Visitor

LINES = (
    "Hi, I'm Maria Keller from Nordlicht Logistics, a freight forwarder with 140 people.",
    "Dispatchers copy orders from emails into Excel by hand, about 30 hours a week.",
    "We use SAP and Excel.",
    "It should be live by the end of June.",
    "Between 40k and 60k euros.",
)


async def talk(url: str, turns: int, chunks: list[float], wholes: list[float]) -> None:
    async with Visitor(url, timeout=120) as visitor:
        await visitor.start(language="en")
        for turn in range(turns):
            seen, started = len(visitor.frames), time.perf_counter()
            await visitor.do("send_message", content=LINES[turn % len(LINES)])
            await visitor.expect("message_chunk", since=seen)
            chunks.append(time.perf_counter() - started)
            await visitor.expect("message", since=seen)
            wholes.append(time.perf_counter() - started)


def show(name: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    return f"{name} p50 {statistics.median(ordered) * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms"


async def measure(url: str, sessions: int, turns: int) -> None:
    chunks: list[float] = []
    wholes: list[float] = []
    started = time.perf_counter()
    await asyncio.gather(*(talk(url, turns, chunks, wholes) for _ in range(sessions)))
    rate = len(wholes) / (time.perf_counter() - started)
    print(f"{sessions:4} sessions: {show('first chunk', chunks)}   {show('whole turn', wholes)}   {rate:6.1f} turns/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="")
    parser.add_argument("--turns", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        url = options.url
        if not url:
            stack.prepare()
            url = stack.web().url
        for sessions in (1, 50):
            asyncio.run(measure(url, sessions, options.turns))
        stack.stop()


if __name__ == "__main__":
    main()
