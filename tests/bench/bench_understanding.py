"""How long one message takes to understand, and what the languages weigh: python -m tests.bench.bench_understanding.

Goals: p95 <= 20 ms a message on one core, the consultant's data <= 150 MB. The reference of the same run is one pass of
a compiled pattern over the same messages, so that the ratio holds on a slower machine.
"""

import json
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator

from chat.consultant.language import supported
from chat.consultant.state import State
from chat.consultant.turn import Turn
from chat.consultant.understand import prepare, understand
from tests.chat.consultant.talking import NOW
from tests.chat.consultant.test_scripts import SCRIPTS

ROUNDS = 5
_REFERENCE = re.compile(r"\w+|[^\w\s]")


def messages() -> Iterator[tuple[str, str]]:
    """(language, text) of every visitor turn of the scripts."""
    for path in SCRIPTS:
        script = json.loads(path.read_text(encoding="utf-8"))
        said = [*script.get("turns", []), *script.get("answers", {}).values()]
        texts = [text for one in said for text in ([one] if isinstance(one, str) else one)]
        yield from ((script["language"], text) for text in texts)


def milliseconds(work: Callable[[str, str], object]) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        for code, text in messages():
            start = time.process_time()
            work(code, text)
            taken.append((time.process_time() - start) * 1000)
    return sorted(taken)


def hear(code: str, text: str) -> object:
    state = State(language=code, heard=code, asking=("challenges",), turns=3)
    return understand(Turn(text=text, number=8, now=NOW), state)


def megabytes() -> float:
    """The most memory that this process had so far (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    prepare(supported(), NOW)
    print(f"the whole process with {len(supported())} languages: {megabytes():.0f} MB (goal for the data 150)")
    reference = statistics.median(milliseconds(lambda _, text: _REFERENCE.findall(text)))
    taken = milliseconds(hear)
    p95 = taken[int(len(taken) * 0.95)]
    print(f"{len(taken)} messages: median {statistics.median(taken):.2f}, p95 {p95:.2f}, worst {taken[-1]:.2f} ms")
    print(f"p95 is {p95 / 20:.2f} of the goal of 20 ms, and {p95 / reference:,.0f} x one pass of a pattern")


if __name__ == "__main__":
    main()
