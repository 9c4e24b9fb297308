"""Time of a ranking on one core, as shipped and with edits: 40 experts in under 5 ms, 10,000 in under 100 ms.

usage: python -m tests.bench.bench_matching
"""

import statistics
import time
from collections.abc import Callable
from functools import partial

from chat.taxonomy.edits import Edits
from chat.taxonomy.find import find
from chat.taxonomy.index import Index, compile_index, shipped
from chat.taxonomy.overlay import edited
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


def edits(topics: int) -> Edits:
    """So many topics of the staff's own, and one shipped topic that they changed."""
    general = {"service": "Data Intelligence", "effort": [10, 20], "like": "iot", "neighbours": {"iot": 0.5}}
    own = {("topic", f"own_{n}", ""): general for n in range(topics)}
    told = {("topic", f"own_{n}", "en"): {"aliases": f"matter {n}, {n} matters"} for n in range(topics)}
    return {**own, **told, ("topic", "iot", "en"): {"aliases": "sensor network"}}


def with_edits(topics: int) -> Index:
    base = shipped()
    find(TEXTS[0], "en", base)
    start = time.perf_counter()
    index = compile_index(edited(edits(topics)), base)
    find(TEXTS[0], "en", index)
    print(
        f"{topics} topics of the staff compiled in {time.perf_counter() - start:.2f} s, once for each process and edit"
    )
    return index


def ranking_times(size: int, rounds: int, taxonomy: Index) -> list[float]:
    candidates = team(size)
    start = time.perf_counter()
    roster = prepare(candidates, taxonomy)
    print(f"{size} profiles compiled once in {time.perf_counter() - start:.2f} s")
    needs = [Need(texts=((1, text),)) for text in TEXTS]
    calls = [partial(rank, need, candidates, taxonomy, 3, roster) for need in needs]
    return sorted(t for call in calls for t in milliseconds(call, rounds))


def main() -> None:
    for name, index in (("", shipped()), (", edited", with_edits(30))):
        calls = [partial(find, text, None, index) for text in TEXTS]
        report(f"topics of one message{name}", sorted(t for call in calls for t in milliseconds(call, 50)), 2)
        report(f"ranking of 40 experts{name}", ranking_times(40, 50, index), 5)
    report("ranking of 10,000 experts", ranking_times(10_000, 5, shipped()), 100)


if __name__ == "__main__":
    main()
