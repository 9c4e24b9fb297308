"""Runs the slot and booking vectors of a folder: UNOBOT_VECTORS, by default ../shared/vectors beside the project."""

import json
import os
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from experts.slots import Meeting, Rules, Span, Taken, explain, free_starts
from tests.bookings.play import Play, make_expert, minutes

FOLDER = Path(os.environ.get("UNOBOT_VECTORS") or Path(__file__).resolve().parents[2] / "shared" / "vectors")


def cases(name: str) -> list[Any]:
    path = FOLDER / name
    found = json.loads(path.read_text(encoding="utf-8"))["cases"] if path.exists() else []
    return [pytest.param(case, id=case["id"]) for case in found]


def span(pair: Mapping[str, str]) -> Span:
    return Span(datetime.fromisoformat(pair["start_utc"]), datetime.fromisoformat(pair["end_utc"]))


def rules_of(expert: Mapping[str, Any]) -> Rules:
    weekly: dict[int, list[tuple[int, int]]] = {}
    for row in expert["weekly"]:
        weekly.setdefault(row["weekday"], []).append((minutes(row["start"]), minutes(row["end"])))
    return Rules(
        timezone=expert["timezone"],
        weekly=weekly,
        overrides={
            date.fromisoformat(day["date"]): [(minutes(a), minutes(b)) for a, b in day["intervals"]]
            for day in expert.get("overrides", [])
        },
        time_off=[span(pair) for pair in expert.get("time_off", [])],
        duration=expert["duration_min"],
        interval=expert["slot_interval_min"],
        before=expert["buffer_before_min"],
        after=expert["buffer_after_min"],
        notice=expert["min_notice_min"],
        horizon=expert["horizon_days"],
        cap=expert["max_per_day"],
    )


def taken_of(case: Mapping[str, Any], rules: Rules) -> Taken:
    before, after = timedelta(minutes=rules.before), timedelta(minutes=rules.after)
    meetings = [Meeting(s.start, Span(s.start - before, s.end + after)) for s in map(span, case["bookings"])]
    return Taken(meetings, [span(pair) for pair in case.get("external_busy", [])])


@pytest.mark.parametrize("case", cases("slot_vectors.json"))
def test_exactly_the_expected_starts_are_offered(case: Mapping[str, Any]) -> None:
    """K4 K5 K6 K7"""
    rules, now = rules_of(case["expert"]), datetime.fromisoformat(case["now"])
    window = Span(*(datetime.fromisoformat(case["window"][end]) for end in ("from_utc", "to_utc")))
    offered = free_starts(rules, taken_of(case, rules), now=now, window=window)
    assert [f"{start:%Y-%m-%dT%H:%M:%SZ}" for start in offered] == case["expected_start_utc"]


@pytest.mark.parametrize("case", cases("slot_vectors.json"))
def test_explain_finds_a_rule_for_each_start_that_is_not_offered(case: Mapping[str, Any]) -> None:
    rules, now = rules_of(case["expert"]), datetime.fromisoformat(case["now"])
    taken, expected = taken_of(case, rules), {datetime.fromisoformat(start) for start in case["expected_start_utc"]}
    first = datetime.fromisoformat(case["window"]["from_utc"])
    for start in {first + timedelta(minutes=7 * n) for n in range(180)} | expected:
        if start < datetime.fromisoformat(case["window"]["to_utc"]):
            assert (explain(rules, taken, now=now, start=start) is None) == (start in expected)


def released(expected: Mapping[str, Any]) -> dict[str, str]:
    """A hold that was given up is a cancelled row here."""
    return {"status": "cancelled"} if expected.get("status") == "released" else {}


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases("booking_vectors.json"))
def test_a_sequence_of_bookings_ends_as_it_should(case: Mapping[str, Any]) -> None:
    """B2 B3 B4 B5 B6"""
    play = Play({name: make_expert(name, spec) for name, spec in case["experts"].items()})
    for number, step in enumerate(case["steps"]):
        assert (number, play.step(step)) == (number, step["expect"])
    for name, expected in case["final"].items():
        standing = play.standing(name)
        assert {key: standing[key] for key in expected} == {**expected, **released(expected)}
