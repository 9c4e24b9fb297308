"""How long a document takes without a model: python -m tests.bench.bench_prd (goal: under a second)."""

import statistics
import time

from prd.lint import lint
from prd.markdown import render
from prd.outline import write
from tests.prd.conversations import TALKS, brief

ROUNDS = 20


def seconds(name: str) -> list[float]:
    given = brief(TALKS[name], found=True)
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        document = write(given)
        render(document)
        lint(document, given)
        taken.append(time.perf_counter() - start)
    return taken


def main() -> None:
    for name in sorted(TALKS):
        taken = seconds(name)
        print(f"{name:10} median {statistics.median(taken) * 1000:6.1f} ms, worst {max(taken) * 1000:6.1f} ms")


if __name__ == "__main__":
    main()
