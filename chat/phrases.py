"""What is said in a conversation beside the consultant's own words, from the data file beside this module."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def languages() -> frozenset[str]:
    return frozenset(_all())


def direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"


def phrases(language: str) -> dict[str, str]:
    """All of a language's, English where it has none."""
    return _all().get(language, _all()["en"])


def say(language: str, key: str, **fills: str) -> str:
    return phrases(language)[key].format(**fills)
