"""The taxonomy as it is written down: topics, industries and one lexicon per language, read from TOML or from rows."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "de", "es", "fr", "ja", "ar")
CUE_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """Concepts that together tell of a topic."""

    concepts: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Topic:
    """``effort``: least and most person-days. ``thoughts``: by language, what the consultant says of it once.

    ``like`` is the topic whose requirements stand in where it has none of its own. ``stories`` are by language those
    that take the place of the shipped ones.
    """

    key: str
    service: str
    labels: Mapping[str, str]
    thoughts: Mapping[str, str]
    neighbours: Mapping[str, float]
    thing: bool
    products: tuple[str, ...]
    cues: tuple[Cue, ...]
    effort: tuple[int, int]
    like: str
    stories: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Industry:
    key: str
    labels: Mapping[str, str]
    neighbours: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: phrases by topic, concept and industry, and the words that steer the search.

    ``aliases`` name a topic, ``hints`` make it likely, ``contexts`` only go well with it; ``owned`` are words before a
    thing that is there already; ``pains`` are aliases nobody wants to have, so that "no more
    downtime" is a need and not an exclusion; ``known`` are words that the speller must leave alone.
    """

    language: str
    stopwords: tuple[str, ...]
    known: tuple[str, ...]
    ignore: tuple[str, ...]
    pains: tuple[str, ...]
    aliases: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]
    contexts: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, tuple[str, ...]]
    industries: Mapping[str, tuple[str, ...]]
    negation: Mapping[str, tuple[str, ...]]
    requirement: tuple[str, ...]
    owned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    topics: Mapping[str, Topic]
    industries: Mapping[str, Industry]
    lexicons: Mapping[str, Lexicon]


def split(phrases: str) -> tuple[str, ...]:
    """Phrases are written as one comma-separated line."""
    return tuple(p.strip() for p in phrases.replace("\n", " ").split(",") if p.strip())


def cue(text: str) -> Cue:
    """ "CAMERA DEFECT 0.9" as a cue; without a number the usual weight holds."""
    parts = text.split()
    weight = float(parts.pop()) if parts[-1][0].isdigit() else CUE_WEIGHT
    return Cue(frozenset(parts), weight)


def topic(key: str, row: Mapping[str, Any]) -> Topic:
    return Topic(
        key=key,
        service=row["service"],
        labels=row["labels"],
        thoughts=row.get("thoughts", {}),
        neighbours=row.get("neighbours", {}),
        thing=row.get("thing", False),
        products=tuple(row.get("products", ())),
        cues=tuple(cue(c) for c in row.get("cues", ())),
        effort=(row["effort"][0], row["effort"][1]),
        like=row.get("like", ""),
        stories=row.get("stories", {}),
    )


def industry(key: str, row: Mapping[str, Any]) -> Industry:
    return Industry(key=key, labels=row["labels"], neighbours=row.get("neighbours", {}))


def lexicon(language: str, data: Mapping[str, Any]) -> Lexicon:
    def section(name: str) -> dict[str, tuple[str, ...]]:
        return {key: split(phrases) for key, phrases in data.get(name, {}).items()}

    return Lexicon(
        language=language,
        stopwords=tuple(data["stopwords"].split()),
        known=tuple(data.get("known", "").split()),
        ignore=split(data.get("ignore", "")),
        pains=split(data.get("pains", "")),
        aliases=section("aliases"),
        hints=section("hints"),
        contexts=section("contexts"),
        concepts=section("concepts"),
        industries=section("industries"),
        negation=section("negation"),
        requirement=split(data.get("requirement", "")),
        owned=split(data.get("owned", "")),
    )


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """A data file of this folder as it is written: topics, industries, or lexicon/<language>."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def shipped() -> Catalogue:
    """The taxonomy as it comes with the product; ``overlay.edited`` lays what staff wrote over it."""
    return Catalogue(
        topics={key: topic(key, row) for key, row in table("topics").items()},
        industries={key: industry(key, row) for key, row in table("industries").items()},
        lexicons={code: lexicon(code, table(f"lexicon/{code}")) for code in LANGUAGES},
    )
