"""A language is one file: all of them must say and hear the same things."""

import pytest

from chat.consultant.language import choose_language, load, supported
from chat.consultant.thoughts import shipped_insights

TABLES = (
    "phrases",
    "ask",
    "again",
    "why",
    "confirm",
    "slots",
    "values",
    "buttons",
    "knowledge",
    "industry_names",
    "industries",
    "insights",
)


@pytest.mark.parametrize("code", supported())
def test_every_language_says_what_english_says(code: str) -> None:
    """C12"""
    for table in TABLES:
        assert set(load(code).table(table)) >= set(load("en").table(table)), table


@pytest.mark.parametrize("code", supported())
def test_every_pattern_of_a_language_compiles(code: str) -> None:
    """C12"""
    language = load(code)
    assert all(language.cue(name).pattern for name in language.data["cues"])
    assert all(pattern.pattern for name in language.data["captures"] for pattern in language.capturing(name))
    assert all(language.compile(fields["cue"]).pattern for fields in shipped_insights(code).values())


@pytest.mark.parametrize("code", supported())
def test_thirty_problem_patterns_and_twelve_industries_are_known(code: str) -> None:
    """C7"""
    assert len(load(code).table("insights")) >= 30
    assert len(load(code).table("vocabulary")) >= 12


def test_a_browsers_wish_chooses_the_language() -> None:
    """C12"""
    assert choose_language("pt-BR,fr-CA;q=0.8,en;q=0.5") == "fr"
    assert choose_language(None) == "en"
