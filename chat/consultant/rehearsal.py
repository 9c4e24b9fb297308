"""Plays a written visitor against the consultant and compares what it understood with what was meant.

A script is JSON: ``language``; ``now`` (the instant it plays at, else today); ``opening`` and ``turns`` (said in
order, whatever is asked) and/or ``answers`` (slot or
"confirm", "anything_else" -> one text, or a list of texts for the first, second, ... time it is asked); ``expect``
(slot -> value: for a list slot words of which each must occur in an entry, for others the parts of the value that must
agree; null: declined or unknown); ``never`` (slot -> values that must not be held); ``prd_by`` (visitor turns).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.ledger import LIST_SLOTS, Entry, Fact, fold
from chat.consultant.turn import Knowledge, Reply, Turn, answer, greet

MOST_TURNS = 30


@dataclass
class Report:
    """``right`` and ``wrong`` count expected values; ``asked_again`` names slots asked although they were known."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    asked_again: list[str] = field(default_factory=list)
    turns_to_prd: int | None = None
    late: bool = False
    transcript: list[tuple[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        total = len(self.right) + len(self.wrong) + len(self.missing)
        return len(self.right) / total if total else 1.0


class _Stage:
    """The consultant's side of a rehearsal."""

    def __init__(self, language: str, seed: int, now: datetime) -> None:
        self.now, self.ledger = now, list[Entry]()
        self.reply = greet(language=language, seed=seed, now=now)

    def asking(self) -> tuple[str, ...]:
        return self.reply.asking

    def hear(self, text: str, number: int) -> None:
        turn = Turn(text=text, number=2 * number, now=self.now)
        self.reply = answer(turn, self.ledger, self.reply.state, Knowledge.default())
        self.ledger += self.reply.entries


def play(script: Mapping[str, Any], *, now: datetime, seed: int = 7) -> Report:
    report, stage = Report(), _Stage(str(script["language"]), seed, now)
    report.transcript.append(("bot", stage.reply.text))
    for number, text in enumerate(_Speaker(script, stage.asking), start=1):
        known = {slot for slot, fact in fold(stage.ledger).items() if fact.known}
        stage.hear(text, number)
        report.transcript += [("visitor", text), ("bot", stage.reply.text)]
        _watch(report, stage.reply, known, number)
    _compare(report, script, fold(stage.ledger))
    limit = script.get("prd_by")
    report.late = limit is not None and (report.turns_to_prd is None or report.turns_to_prd > limit)
    return report


class _Speaker:
    """What the visitor says, turn after turn: first what is fixed, then what answers the question.

    Asked for something that the script has no answer to, the visitor tells the next thing that is still untold.
    """

    def __init__(self, script: Mapping[str, Any], asking: Callable[[], tuple[str, ...]]) -> None:
        self.fixed = [*([script["opening"]] if "opening" in script else []), *script.get("turns", [])]
        self.answers = {
            slot: [said] if isinstance(said, str) else list(said) for slot, said in script.get("answers", {}).items()
        }
        self.asking = asking
        self.said = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.said += 1
        if self.fixed:
            return str(self.fixed.pop(0))
        untold = [slot for slot in self.answers if self.answers[slot]]
        wanted = [slot for slot in self.asking() if slot in untold]
        for slot in (wanted or untold)[:1]:
            if self.said <= MOST_TURNS:
                return str(self.answers[slot].pop(0))
        raise StopIteration


def _watch(report: Report, reply: Reply, known: set[str], number: int) -> None:
    doubtful = reply.state.pending is not None or "challenges" in reply.asking
    if not doubtful:
        report.asked_again += [slot for slot in reply.asking if slot in known]
    if reply.prd_ready and report.turns_to_prd is None:
        report.turns_to_prd = number


def _compare(report: Report, script: Mapping[str, Any], facts: Mapping[str, Fact]) -> None:
    for slot, wanted in script.get("expect", {}).items():
        fact = facts.get(slot)
        for one in wanted if isinstance(wanted, list) else [wanted]:
            label = f"{slot}: {one}"
            if one is not None and (fact is None or not fact.known):
                report.missing.append(label)
            else:
                (report.right if agrees(slot, one, fact) else report.wrong).append(label)
    for slot, values in script.get("never", {}).items():
        held = facts.get(slot)
        report.forbidden += [
            f"{slot}: {value}" for value in values if held and held.known and agrees(slot, value, held)
        ]


def _plain(value: Any) -> str:
    return canon(str(value)).lower()


def agrees(slot: str, wanted: Any, fact: Fact | None) -> bool:
    if wanted is None:
        return fact is None or not fact.known
    if fact is None or not fact.known:
        return False
    if slot == "tech_stack":
        # "SAP" is no part of "WhatsApp".
        named = re.compile(rf"(?<!\w){re.escape(_plain(wanted))}(?!\w)")
        return any(named.search(_plain(item)) for item in fact.value)
    if slot in LIST_SLOTS:
        return any(_plain(wanted) in _plain(item) for item in fact.value)
    if isinstance(wanted, dict):
        return all(_part(fact.value, key, value) for key, value in wanted.items())
    return _plain(wanted).rstrip(".") == _plain(fact.value).rstrip(".")


def _part(held: Any, key: str, wanted: Any) -> bool:
    part = held.get(key) if isinstance(held, dict) else None
    if isinstance(wanted, str) and isinstance(part, str):
        return _plain(wanted) in _plain(part)
    return bool(part == wanted)
