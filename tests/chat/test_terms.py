"""The names that the page shows for the consultant's keys."""

import pytest

from chat.consultant.language import supported
from chat.terms import named


@pytest.mark.parametrize("language", supported())
def test_every_key_of_the_consultant_has_a_name_in_every_language(language: str) -> None:
    """L2: the recommended service and the industry are read in the visitor's language."""
    assert set(named(language)) == set(named("en"))
    assert all(name.strip() for name in named(language).values())


def test_a_name_stands_alone() -> None:
    english = named("en")
    assert (english["industry_public sector"], english["service_ai_strategy"]) == ("Public sector", "AI strategy")
