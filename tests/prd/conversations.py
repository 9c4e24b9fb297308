"""Invented conversations (talks.json): what a visitor said, turn by turn, and the facts that were taken from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from chat.consultant.ledger import Entry, fold
from chat.taxonomy.find import find
from prd.brief import Brief, Mention, Said, mentions_in

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Talk:
    """``said``: the visitor's messages. ``facts``: {slot, value, quote}. ``topics``, ``refused``: words -> topic."""

    language: str
    said: Sequence[str]
    facts: Sequence[Mapping[str, Any]] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


TALKS = {name: Talk(**data) for name, data in json.loads((Path(__file__).parent / "talks.json").read_text()).items()}


def messages(talk: Talk) -> list[Said]:
    """Ours carry odd numbers, the visitor's even ones."""
    turns = [(Said(2 * n + 1, "assistant", "…"), Said(2 * n + 2, "user", text)) for n, text in enumerate(talk.said)]
    return [said for turn in turns for said in turn]


def place(talk: Talk, words: str) -> tuple[int, int, int]:
    """(message, start, end) of the words."""
    for n, text in enumerate(talk.said):
        if words in text:
            start = text.index(words)
            return 2 * n + 2, start, start + len(words)
    raise LookupError(words)


def entry(talk: Talk, slot: str, value: Any, quote: str) -> Entry:
    message, start, end = place(talk, quote)
    return Entry(slot=slot, value=value, quote=quote, message=message, start=start, end=end)


def entries(talk: Talk, *, without: str = "") -> list[Entry]:
    return [entry(talk, **fact) for fact in talk.facts if fact["slot"] != without]


def brief(talk: Talk, *, without: str = "", found: bool = False) -> Brief:
    """The brief of a talk, ``without`` a slot; topics as the talk names them, or as the taxonomy ``found`` them."""
    named = [
        Mention(*place(talk, words)[:1], topic, *place(talk, words)[1:], negated=negated)
        for negated, words_of in ((False, talk.topics), (True, talk.refused))
        for words, topic in words_of.items()
    ]
    return Brief(
        language=talk.language,
        version=1,
        created=TODAY,
        facts=fold(entries(talk, without=without)),
        messages=messages(talk),
        mentions=mentions_in(messages(talk), find) if found else named,
    )


def told(talk: Talk, name: str) -> Talk:
    """The talk with one more message of the visitor."""
    return replace(talk, said=[*talk.said, name])
