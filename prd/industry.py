"""The visitor's trade: its words for people and records, and the law that binds it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chat.taxonomy.edits import Fields
from prd.evidence import beginning, words
from prd.ground import Ground

GENERAL = "general"
OPENING = 4


@dataclass(frozen=True, slots=True)
class Rule:
    """A law or standard that becomes a quality requirement; ``sure`` when the place is known."""

    key: str
    law: str
    title: str
    text: str
    verify: str
    why: str
    sure: bool
    standard: bool


@dataclass(frozen=True, slots=True)
class Industry:
    key: str
    clients: str
    client: str
    staff: str
    record: str
    sources: tuple[int, ...]
    rules: tuple[Rule, ...]


def _known_as(entry: Fields, text: str) -> bool:
    return any(re.search(beginning(alias) + alias, text, re.I) for alias in entry.get("aliases", ()))


def recognise(ground: Ground) -> str:
    """The key of the trade: by the stated industry and the company's name; only without them by the opening words."""
    stated, company = ground.entry("industry"), ground.entry("company")
    texts = [str(stated.value), stated.quote] if stated else []
    texts += [str(company.value)] if company else []
    if stated is None:
        texts += [clause.text for clause in ground.clauses[:OPENING] if clause not in ground.refusals]
    entries = ground.voice.patterns.industries(ground.voice.language)
    for text in texts:
        keys = [key for key, entry in entries.items() if key == text or _known_as(entry, text)]
        if keys:
            return keys[0]
    return GENERAL


def _said(ground: Ground, forms: list[str]) -> str:
    """The trade's word that the visitor used, else its first."""
    return next((form for form in forms if ground.said(form)), forms[0])


def _naming(ground: Ground, term: str) -> tuple[int, ...]:
    """The first message with a word of the term as it will be written: another form of it could not be cited."""
    own = set(words(term)) - set(ground.voice.words["stop"])
    return tuple(number for number, text in ground.texts.items() if own & set(words(text)))[:1]


def places(ground: Ground) -> set[str]:
    """Where the visitor seems to be: eu, us, uk; from words, currency and language."""
    everything = " ".join(ground.texts.values())
    found = {place for place in ("eu", "us", "uk") if ground.matches(f"abroad_{place}", everything)}
    if not found and ground.voice.language in ("de", "es", "fr"):
        found.add("eu")
    if not found and ground.voice.language == "ja":
        found.add("jp")
    return found


def industry(ground: Ground) -> Industry:
    key = recognise(ground)
    patterns, language = ground.voice.patterns, ground.voice.language
    texts, written = patterns.industries(language)[key], patterns.rules(language)
    where = places(ground)
    rules = [
        _rule(name, written[name], wanted, where)
        for name, wanted in patterns.binding(key).items()
        if name in written
        if not where or set(wanted) & (where | {"all"})
    ]
    pairs = [tuple(pair) for pair in texts["clients"]]
    clients = next((pair for pair in pairs if ground.said(pair[0]) or ground.said(pair[1])), pairs[0])
    return Industry(
        key=key,
        clients=clients[0],
        client=clients[1],
        staff=_said(ground, texts["staff"]),
        record=_said(ground, texts["record"]),
        sources=_naming(ground, clients[0]),
        rules=tuple(rules),
    )


def _rule(name: str, texts: Fields, wanted: Sequence[str], where: set[str]) -> Rule:
    sure = "all" in wanted or bool(where & set(wanted))
    return Rule(name, texts["law"], texts["title"], texts["text"], texts["verify"], texts["why"], sure, "all" in wanted)
