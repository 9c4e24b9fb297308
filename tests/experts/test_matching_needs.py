"""Ranks needs of many walks of life over the 40 experts of matching_cases.json and measures nDCG@3.

The needs and their grades are ours (needs.json); the experts come from the vectors' folder: UNOBOT_VECTORS, by default
../shared/vectors beside the project.
"""

import json
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from chat.taxonomy.index import shipped
from experts.matching.cases import rankings

FOLDER = Path(os.environ.get("UNOBOT_VECTORS") or Path(__file__).resolve().parents[3] / "shared" / "vectors")
CASES = FOLDER / "matching_cases.json"
OWN = Path(__file__).with_name("needs.json")
PLAIN = Path(__file__).with_name("needs_in_plain_words.json")

pytestmark = pytest.mark.skipif(not CASES.exists(), reason=f"no experts to rank: {CASES} is missing")


def gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:3]))


def quality(need: Mapping[str, Any], order: Sequence[str]) -> float:
    grades = need["relevance"]
    return gain([grades.get(e, 0) for e in order]) / gain(sorted(grades.values(), reverse=True))


def ranked(needs: Sequence[Mapping[str, Any]], cases: Mapping[str, Any]) -> list[float]:
    order = rankings({**cases, "needs": needs}, shipped())
    return [quality(need, order[need["id"]]) for need in needs]


def load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize(
    "kind", ["exact", "synonym", "niche", "misspelling", "language", "negation", "multi", "must_have"]
)
def test_needs_of_every_kind_find_their_experts(kind: str) -> None:
    """E4"""
    needs = [n for n in load(OWN)["needs"] if n["kind"] == kind]
    found = ranked(needs, load(CASES))
    assert sum(found) / len(found) >= 0.9


@pytest.mark.parametrize("language", ["en", "other"])
def test_needs_told_in_plain_words_find_their_experts(language: str) -> None:
    """E4: walks of life far from any catalogue, hardly a technical word, also in languages nobody here answers in."""
    needs = [n for n in load(PLAIN)["needs"] if (n["language"] == "en") == (language == "en")]
    found = ranked(needs, load(CASES))
    assert sum(found) / len(found) >= 0.9


def test_given_needs_find_their_experts() -> None:
    cases = load(CASES)
    found = ranked(cases["needs"], cases)
    assert sum(found) / len(found) >= 0.92


def test_balance_of_load_and_fit_is_kept() -> None:
    """E5"""
    cases = load(CASES)
    order = rankings(cases, shipped())
    for check in cases["balance_checks"]:
        if check["need"] == "*":
            assert all(check["never"] not in found for found in order.values())
        elif check["need"] in order:
            assert order[check["need"]].index(check["better"]) < order[check["need"]].index(check["worse"])


def test_other_format_is_refused() -> None:
    with pytest.raises(ValueError):
        rankings({"format": "matching-cases/9", "experts": [], "needs": []}, shipped())
