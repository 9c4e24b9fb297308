import tomllib
from pathlib import Path
from typing import Any

import pytest

from bookings import phrases
from bookings.phrases import languages, say

SPOKEN = sorted(languages())


def flat(part: dict[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in part.items():
        found |= flat(value, f"{above}{key}.") if isinstance(value, dict) else {f"{above}{key}": value}
    return found


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_says_the_same_things_with_the_same_blanks(language: str) -> None:
    path = Path(str(phrases.__file__)).with_suffix(".toml")
    everything = tomllib.loads(path.read_text(encoding="utf-8"))
    english, other = flat(everything["en"]), flat(everything[language])
    assert other.keys() == english.keys()
    blanks = ("{expert}", "{client}", "{when}", "{name}", "{role}")
    assert all((blank in english[key]) == (blank in other[key]) for key in english for blank in blanks)


def test_an_unknown_language_is_answered_in_english() -> None:
    assert say("xx", "cancel") == say("en", "cancel")
    with pytest.raises(KeyError):
        say("en", "no such phrase")
