"""What is said in a conversation beside the consultant's own words, from the data file beside this module."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def languages() -> frozenset[str]:
    return frozenset(_all())


def say(language: str, key: str, **fills: str) -> str:
    """The phrase, in English where the language has none."""
    phrases = _all()
    return phrases.get(language, phrases["en"])[key].format(**fills)
