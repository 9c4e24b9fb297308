"""Time of a ranking on one core: 40 experts in under 5 ms, 10,000 in under 100 ms.

usage: python -m tests.bench.bench_matching
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

from chat.taxonomy.find import find
from chat.taxonomy.index import shipped
from experts.matching import Candidate, Need, prepare, rank

TEXTS = (
    "Our managers live in Excel and every month two people spend a week on slides for the board.",
    "No chatbot please. Staff should find the right paragraph in our 3,000 contracts, with the source.",
    "First an app for the drivers that works offline, then better planned rounds. Someone who knows logistics.",
    "Unsere Maschinen fallen plötzlich aus und niemand weiß vorher Bescheid.",
)
ROLES = tuple(topic.labels["en"] for topic in shipped().catalogue.topics.values())


def team(size: int) -> list[Candidate]:
    """Experts of all fields whose profiles all differ."""
    return [
        Candidate(
            id=f"{i:05}",
            role=f"{ROLES[i % len(ROLES)]} lead",
            bio=f"Project {i}: {ROLES[(i * 7 + 1) % len(ROLES)]} for firms of many kinds, and {ROLES[i % 11]}.",
            specialties=(ROLES[i % len(ROLES)], ROLES[(i * 3) % len(ROLES)]),
            load=i % 8,
        )
        for i in range(size)
    ]


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def report(name: str, times: list[float], goal: float) -> None:
    p95 = times[round(0.95 * (len(times) - 1))]
    print(f"{name:34} median {statistics.median(times):7.2f} ms   p95 {p95:7.2f} ms   goal {goal:g} ms")


def ranking_times(size: int, rounds: int) -> list[float]:
    candidates, taxonomy = team(size), shipped()
    start = time.perf_counter()
    roster = prepare(candidates, taxonomy)
    print(f"{size} profiles compiled once in {time.perf_counter() - start:.2f} s")
    needs = [Need(texts=((1, text),)) for text in TEXTS]
    calls = [partial(rank, need, candidates, taxonomy, 3, roster) for need in needs]
    return sorted(t for call in calls for t in milliseconds(call, rounds))


def main() -> None:
    report("topics of one message", sorted(t for text in TEXTS for t in milliseconds(partial(find, text), 50)), 2)
    report("ranking of 40 experts", ranking_times(40, 50), 5)
    report("ranking of 10,000 experts", ranking_times(10_000, 5), 100)


if __name__ == "__main__":
    main()
