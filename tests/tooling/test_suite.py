"""The list of checks: what it runs, and how it tells."""

from itertools import product

import pytest

from tests import suite
from tests.tooling.rebuild import differences

MARKS = ("scaleout", "browser", "faults")


def passes(*, fast: bool = False) -> list[suite.Step]:
    steps = [step for lanes in suite.rounds(fast=fast) for lane in lanes for step in lane]
    return [step for step in steps if "pytest" in step.command]


def selects(step: suite.Step, marks: dict[str, bool]) -> bool:
    """Evaluates the expression after -m, as pytest does."""
    return bool(eval(step.command[-1], {}, marks))


@pytest.mark.parametrize("values", list(product([True, False], repeat=3)))
def test_every_test_is_run_whatever_its_marks(values: tuple[bool, ...]) -> None:
    marks = dict(zip(MARKS, values, strict=True))
    runs = [step for step in passes() if selects(step, marks)]
    assert runs
    assert not marks["scaleout"] or any(step.scaled_out for step in runs)


def test_an_unmarked_test_is_run_on_both_databases() -> None:
    runs = [step for step in passes() if selects(step, dict.fromkeys(MARKS, False))]
    assert sorted(step.scaled_out for step in runs) == [False, True]


def test_fast_leaves_out_browsers_and_faults() -> None:
    assert not any(selects(step, {**dict.fromkeys(MARKS, True), "scaleout": False}) for step in passes(fast=True))


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("....\n==== 312 passed, 2 skipped in 12.3s ====\n", "312 passed, 2 skipped in 12.3s"),
        (
            " Test Files  3 passed (3)\n\x1b[32m      Tests  45 passed (45)\x1b[0m\n   Duration  2s\n",
            "Tests  45 passed (45)",
        ),
        ("Success: no issues found in 80 source files\n", "Success: no issues found in 80 source files"),
        ("", ""),
    ],
)
def test_a_step_is_told_in_one_line(output: str, told: str) -> None:
    assert suite.summary(output) == told


def test_a_changed_a_new_and_a_lost_file_of_the_page_are_named() -> None:
    assert differences({"a.js": "1", "b.css": "2", "c.js": "3"}, {"a.js": "1", "b.css": "9", "d.js": "4"}) == [
        "b.css",
        "c.js",
        "d.js",
    ]
