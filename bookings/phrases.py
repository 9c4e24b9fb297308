"""The words of booking mails and pages, from the data file beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def languages() -> frozenset[str]:
    return frozenset(_all())


def page(language: str, **fills: str) -> dict[str, str]:
    """All phrases of the pages behind the links in mails."""
    return {key: say(language, "page", key, **fills) for key in _all()["en"]["page"]}


def say(language: str, *keys: str, **fills: str) -> str:
    """The phrase at ``keys``, in English where the language has none."""
    for tried in (language, "en"):
        found: Any = _all().get(tried, {})
        for key in keys:
            found = found.get(key, {})
        if isinstance(found, str):
            return found.format(**fills)
    raise KeyError(".".join(keys))
