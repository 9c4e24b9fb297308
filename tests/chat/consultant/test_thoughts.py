"""What the consultant remarks: insights, edited or not, and the thoughts of topics (C7)."""

import pytest

from chat.consultant.language import load, supported
from chat.consultant.thoughts import Thoughts, shipped_insights
from chat.taxonomy.edits import Edits
from chat.taxonomy.index import compile_index
from chat.taxonomy.overlay import edited
from tests.chat.taxonomy.test_overlay import OWN

RETURNS = "Our returns take a week."


def on(told: str, edits: Edits, before: tuple[str, ...] = (), language: str = "en") -> tuple[str, str] | None:
    return Thoughts(edits, compile_index(edited(edits))).on(told, load(language), before)


def test_the_words_of_staff_go_before_ours() -> None:
    assert on(RETURNS, {("insight", "returns", "en"): {"say": "Look at the sizes first."}}) == (
        "returns",
        "Look at the sizes first.",
    )


def test_an_insight_of_the_staff_is_said_before_a_shipped_one() -> None:
    own: Edits = {("insight", "sizes", "en"): {"cue": ["returns?"], "say": "Sizes are half of it."}}
    assert on(RETURNS, own) == ("sizes", "Sizes are half of it.")
    assert on(RETURNS, own, before=("sizes",)) == ("returns", shipped_insights("en")["returns"]["say"])


def test_an_insight_that_is_off_is_not_said() -> None:
    assert on(RETURNS, {("insight", "returns", ""): {"off": True}}) is None


def test_a_topic_of_the_staff_brings_its_thought_and_its_service() -> None:
    assert on("We want additive manufacturing for spare parts.", OWN) == (
        "additive_manufacturing",
        "The drawing comes before the printer.",
    )
    thoughts = Thoughts(OWN, compile_index(edited(OWN)))
    assert thoughts.service("We want additive manufacturing for spare parts.", "en") == "Data Intelligence"


@pytest.mark.parametrize("language", supported())
def test_thirty_problem_patterns_are_known_in_every_language(language: str) -> None:
    assert len(Thoughts().insights(language)) >= 30
