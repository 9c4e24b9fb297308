"""Products and techniques by name: data/technologies.toml, read once."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.language import Language

_FILE = Path(__file__).parent / "data" / "technologies.toml"


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def aliases() -> dict[str, str]:
    """Every spelling in lower case -> the name as it is written."""
    table = _data()
    found: dict[str, str] = {}
    for names in table["names"].values():
        found.update({canon(name).lower(): name for name in names})
    found.update({canon(alias).lower(): name for alias, name in table["aliases"].items()})
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(aliases(), key=len, reverse=True)
    body = "|".join(re.escape(word).replace(r"\ ", r"[\s-]?") for word in words)
    # In Arabic "and", "with", "for" and "the" are written onto the name; other letters make it another word.
    before = r"(?<![A-Za-z0-9@.])(?:(?<![ء-ي])|(?<=\b[وبلف])|(?<=\bال))"
    return re.compile(rf"{before}(?:{body})(?![A-Za-z0-9ء-ي]|\.[a-z]{{2,3}}\b)", re.IGNORECASE)


def canonical(text: str) -> str | None:
    key = " ".join(canon(text).lower().split())
    return (
        aliases().get(key)
        or aliases().get(key.replace("-", " "))
        or _compact().get(key.replace(" ", "").replace("-", ""))
    )


@lru_cache(maxsize=1)
def _compact() -> dict[str, str]:
    return {alias.replace(" ", ""): name for alias, name in aliases().items()}


def is_ambiguous(said: str) -> bool:
    """The name is also an ordinary word, so it needs a sentence about tools around it."""
    return said.lower() in _data()["ambiguous"]


def is_technology(text: str) -> bool:
    return canonical(text) is not None


def find_technologies(text: str, language: Language) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of each product named in ``text`` (canonical)."""
    for match in _pattern().finditer(text):
        said = match[0]
        if said.lower() in _data()["ambiguous"] and said != canon(aliases()[said.lower()]) and said != said.title():
            continue
        name = canonical(said)
        if name is None or (said.islower() and said in language.words("not_tech")):
            continue
        yield match.start(), match.end(), name
