"""The texts of the document, by language: data files, chosen variants, filled slots.

A template holds ``{slots}`` and ``[alternatives|of|wording]``; which alternative is taken depends on the client, so
two clients' documents read differently and the same client's always alike. A language is a folder of patterns/.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from chat.taxonomy.catalogue import Catalogue, shipped
from chat.taxonomy.edits import NEUTRAL, Edits, Fields, written

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
def shipped_topics(language: str) -> Mapping[str, Fields]:
    """Texts by topic: its own where the language has them, else those of its family under the topic's own name."""
    texts = table(f"{language}/topics")
    families = texts.get("families", {})
    found = {topic: texts[topic] for topic in texts if topic != "families"}
    for topic, entry in shipped().topics.items():
        family = families.get(table("families").get(topic, ""))
        if topic not in found and family:
            found[topic] = {**family, "name": entry.labels[language]}
    return found


def shipped_industries(language: str) -> Mapping[str, Fields]:
    """The trades with their words; the rules that bind them are in ``shipped_rules``."""
    return {key: texts for key, texts in table(f"{language}/industries").items() if key != "rules"}


def shipped_rules(language: str) -> Mapping[str, Fields]:
    rules: Mapping[str, Fields] = table(f"{language}/industries")["rules"]
    return rules


def shipped_bindings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By trade, the rules that bind it and where."""
    return {key: row["rules"] for key, row in table("industries").items()}


@dataclass(frozen=True, slots=True)
class Patterns:
    """What the document is written with: the shipped texts, and over them what staff wrote."""

    edits: Edits = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=shipped)

    def topics(self, language: str) -> Mapping[str, Fields]:
        """Texts by topic of the catalogue; where it has none of its own, those of the topic it is like."""
        found = _overlaid(shipped_topics(language), self.edits, "topic", language)
        whole = {key: texts for key, texts in found.items() if texts.get("fr") and key in self.catalogue.topics}
        for key, topic in self.catalogue.topics.items():
            if key not in whole and topic.like in whole:
                whole[key] = {**whole[topic.like], "name": topic.labels[language], **found.get(key, {})}
        return whole

    def industries(self, language: str) -> Mapping[str, Fields]:
        return _overlaid(shipped_industries(language), self.edits, "industry", language)

    def rules(self, language: str) -> Mapping[str, Fields]:
        found = _overlaid(shipped_rules(language), self.edits, "rule", language)
        return {key: texts for key, texts in found.items() if "text" in texts}

    def binding(self, industry: str) -> Mapping[str, Sequence[str]]:
        """By rule, the places (eu, us, uk, jp, all) where it binds the trade."""
        edited = self.edits.get(("industry", industry, NEUTRAL), {})
        return dict(edited["rules"]) if "rules" in edited else shipped_bindings()[industry]


def _overlaid(shipped: Mapping[str, Fields], edits: Edits, kind: str, language: str) -> dict[str, Fields]:
    return {**shipped, **{key: {**shipped.get(key, {}), **row} for key, row in written(edits, kind, language)}}


def supported(language: str) -> str:
    short = language.lower().replace("_", "-").split("-")[0]
    return short if short in languages() else FALLBACK


@dataclass(frozen=True)
class Voice:
    """One client's way of being written to: a language, a seed for the variants, and slots that always hold."""

    language: str
    seed: str
    slots: Mapping[str, str]
    patterns: Patterns = field(default_factory=Patterns)

    @property
    def frame(self) -> dict[str, Any]:
        return table(f"{self.language}/frame")

    @property
    def words(self) -> dict[str, Any]:
        return table(f"{self.language}/words")

    @cached_property
    def topics(self) -> Mapping[str, Fields]:
        return self.patterns.topics(self.language)

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
