"""The texts of the document, by language: data files, chosen variants, filled slots.

A template holds ``{slots}`` and ``[alternatives|of|wording]``; which alternative is taken depends on the client, so
two clients' documents read differently and the same client's always alike. A language is a folder of patterns/.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chat.taxonomy.catalogue import shipped

PATTERNS = Path(__file__).parent / "patterns"
FALLBACK = "en"
ALTERNATIVES = re.compile(r"\[([^\[\]|]*(?:\|[^\[\]|]*)+)\]")


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of patterns/, e.g. ``effort`` or ``de/frame``."""
    with (PATTERNS / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def languages() -> tuple[str, ...]:
    return tuple(sorted(folder.name for folder in PATTERNS.iterdir() if (folder / "frame.toml").exists()))


@cache
def topics(language: str) -> dict[str, dict[str, Any]]:
    """Texts by topic: its own where the language has them, else those of its family under the topic's own name."""
    written = table(f"{language}/topics")
    families = written.get("families", {})
    found = {topic: written[topic] for topic in written if topic != "families"}
    for topic, entry in shipped().topics.items():
        family = families.get(table("families").get(topic, ""))
        if topic not in found and family:
            found[topic] = {**family, "label": entry.labels.get(language, entry.labels[FALLBACK])}
    return found


def supported(language: str) -> str:
    short = language.lower().replace("_", "-").split("-")[0]
    return short if short in languages() else FALLBACK


@dataclass(frozen=True, slots=True)
class Voice:
    """One client's way of being written to: a language, a seed for the variants, and slots that always hold."""

    language: str
    seed: str
    slots: Mapping[str, str]

    @property
    def frame(self) -> dict[str, Any]:
        return table(f"{self.language}/frame")

    @property
    def words(self) -> dict[str, Any]:
        return table(f"{self.language}/words")

    @property
    def topics(self) -> dict[str, dict[str, Any]]:
        return topics(self.language)

    @property
    def industries(self) -> dict[str, Any]:
        return table(f"{self.language}/industries")

    def pick(self, key: str, count: int) -> int:
        digest = hashlib.sha256(f"{self.seed}|{key}".encode()).digest()
        return int.from_bytes(digest[:4], "big") % count

    def vary(self, template: str) -> str:
        """The client's variant of every ``[a|b]`` in the template."""

        def chosen(match: re.Match[str]) -> str:
            options = match[1].split("|")
            return options[self.pick(f"{template}@{match.start()}", len(options))]

        return ALTERNATIVES.sub(chosen, template)

    def fill(self, template: str, **slots: str) -> str:
        return self._mended(self.vary(template).format_map({**self.slots, **slots}).strip())

    def _mended(self, text: str) -> str:
        """The language's sound rules (a -> an) where slots met words, but never inside a quotation."""
        opening, closing = (re.escape(mark) for mark in self.frame["quotes"])
        parts = re.split(f"({opening}.*?{closing})", text)
        for pattern, replacement in (("  +", " "), *self.frame["fixes"]):
            parts[::2] = [re.sub(pattern, replacement, part) for part in parts[::2]]
        return "".join(parts)

    def say(self, key: str, **slots: str) -> str:
        """A sentence of the frame, by dotted key."""
        node: Any = self.frame
        for part in key.split("."):
            node = node[int(part)] if isinstance(node, list) else node[part]
        return capital(self.fill(node, **slots))

    def quote(self, words: str) -> str:
        opening, closing = self.frame["quotes"]
        return f"{opening}{words}{closing}"

    def listed(self, words: list[str]) -> str:
        """Words as a list: a, b and c."""
        if len(words) < 2:
            return "".join(words)
        return f"{self.frame['comma'].join(words[:-1])}{self.frame['and']}{words[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
