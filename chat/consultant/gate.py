"""The evidence gate: a value counts only if its quote stands in the message and reading the quote gives the value.

It holds for every understander. Nothing here can set a score, a phase, a price or a booking: they are no slots.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz

from chat.consultant.authority import read_authority, read_consent
from chat.consultant.business import read_industry, read_size
from chat.consultant.canon import canon
from chat.consultant.commands import Command, Decline, Intent, RetractFact, SetFact, Unknown
from chat.consultant.contact import normal_phone, phone_region, read_email
from chat.consultant.figures import read_budget, read_timeline
from chat.consultant.ledger import LIST_SLOTS, SLOTS, Entry, Extractor, Fact, fold
from chat.consultant.listening import Heard
from chat.consultant.masking import BLANK
from chat.consultant.money import find_amounts
from chat.consultant.naming import tidy, tidy_name
from chat.consultant.needs import clean
from chat.consultant.shapes import NotAcceptable, acceptable
from chat.consultant.stack import read_tool

_ASK_WHICH = frozenset({"budget", "timeline", "company_size", "email", "name"})
_KEEP_UNLESS_CUED = frozenset({"company", "industry", "decision_maker"})
_SAME_STORY = 88.0


@dataclass(frozen=True)
class Change:
    """What a turn did to a slot. ``old`` None: it was not known before."""

    slot: str
    new: Any
    old: Any = None
    withdrawn: bool = False


@dataclass
class Verdict:
    entries: list[Entry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    refused: list[SetFact] = field(default_factory=list)


def _read(slot: str, quote: str, plain: str, heard: Heard) -> Any:
    """The value of a verbatim quote; ``plain`` is its canonical form."""
    readers: Mapping[str, Callable[[], Any]] = {
        "budget": lambda: read_budget(plain, heard.language, heard.currency),
        "timeline": lambda: read_timeline(plain, quote, heard.language, heard.today),
        "company_size": lambda: read_size(plain, heard.language),
        "industry": lambda: read_industry(plain, heard.language) or tidy(quote),
        "email": lambda: read_email(plain, heard.language),
        "phone": lambda: normal_phone(plain, phone_region(heard)),
        "decision_maker": lambda: read_authority(plain, quote, heard.language),
        "consent": lambda: read_consent(plain, heard.language),
        "tech_stack": lambda: read_tool(quote),
        "name": lambda: tidy_name(quote),
        "company": lambda: tidy(quote),
        "stakeholders": lambda: read_email(plain, heard.language) or tidy(quote),
    }
    return readers[slot]() if slot in readers else clean(quote)


def holds(fact: SetFact, heard: Heard) -> bool:
    """Whether the quote is where it is said to be, is the visitor's own text, and gives the value."""
    if fact.slot not in SLOTS or not fact.quote or heard.raw[fact.start : fact.end] != fact.quote:
        return False
    if BLANK in heard.text[fact.start : fact.end]:
        return False
    return bool(_read(fact.slot, fact.quote, canon(fact.quote), heard) == fact.value)


def _same(slot: str, old: Any, new: Any) -> bool:
    if slot == "timeline" and isinstance(old, dict):
        return (old.get("kind"), old.get("date")) == (new.get("kind"), new.get("date"))
    if slot in ("name", "company") and isinstance(old, str):
        return canon(old).lower() == canon(new).lower()
    return bool(old == new)


def _refines(slot: str, old: Any, new: Any) -> bool:
    """A new value inside the old one is no contradiction: 50-80k, then 70k; "asap", then a date."""
    if slot == "timeline":
        return bool(old.get("kind") != "date")
    if slot == "email":
        return fuzz.ratio(old, new) >= _SAME_STORY
    if slot == "name":
        older, newer = canon(old).lower(), canon(new).lower()
        return set(older.split()) <= set(newer.split()) or (newer.startswith(older) and not newer.isascii())
    if slot in ("budget", "company_size") and isinstance(old, dict):
        low, high = (new.get("min"), new.get("max")) if isinstance(new, dict) else (new, new)
        above = old.get("min") is None or (low is not None and low >= old["min"])
        below = old.get("max") is None or (high is not None and high <= old["max"])
        return (above and below and old.get("min") != old.get("max")) or (
            old.get("min") is None and old.get("max") is None
        )
    return False


def _refuted(slot: str, old: Any, heard: Heard) -> bool:
    """ "95,000 and not 80,000": the message takes back the very amount that is held."""
    if slot not in ("budget", "company_size") or old is None:
        return False
    held = {old.get("min"), old.get("max")} if isinstance(old, dict) else {old}
    return any(
        amount.negated and {amount.low, amount.high} & held - {None}
        for amount in find_amounts(heard.text, heard.language)
    )


class _Gate:
    def __init__(self, heard: Heard, number: int, ledger: Sequence[Entry], extractor: Extractor) -> None:
        self.heard, self.number, self.extractor = heard, number, extractor
        self.facts: dict[str, Fact] = fold(ledger)
        self.verdict = Verdict()

    def _entry(self, fact: SetFact, value: Any) -> Entry:
        return Entry(
            slot=fact.slot, value=value, quote=fact.quote, message=self.number, start=fact.start, end=fact.end,
            extractor=self.extractor if fact.quote else "visitor", confidence=fact.confidence,
        )  # fmt: skip

    def take(self, fact: SetFact) -> None:
        if fact.quote and not holds(fact, self.heard):
            self.verdict.refused.append(fact)
            return
        value = fact.value
        if not fact.quote:
            try:
                value = acceptable(fact.slot, value, language=self.heard.language.code, today=self.heard.today)
            except NotAcceptable:
                self.verdict.refused.append(fact)
                return
        known = self.facts.get(fact.slot)
        (self._into_list if fact.slot in LIST_SLOTS else self._into_single)(fact, value, known)

    def _into_list(self, fact: SetFact, value: Any, known: Fact | None) -> None:
        here = [e.value for e in self.verdict.entries if e.slot == fact.slot and e.status == "proposed"]
        held = [*(known.value or [] if known else []), *here]
        if any(_repeats(fact.slot, str(item), str(value)) for item in held):
            return
        self.verdict.entries.append(self._entry(fact, value))
        self.verdict.changes.append(Change(fact.slot, value))

    def _into_single(self, fact: SetFact, value: Any, known: Fact | None) -> None:
        old = known.value if known and known.known else None
        if old is not None and _same(fact.slot, old, value):
            return
        asked = fact.slot in self.heard.asked
        corrects = fact.corrects or _refuted(fact.slot, old, self.heard)
        if old is not None and fact.quote and not corrects and not asked and not _refines(fact.slot, old, value):
            if fact.slot in _KEEP_UNLESS_CUED:
                return
            if fact.slot in _ASK_WHICH:
                self.verdict.conflicts.append(Change(fact.slot, value, old))
                return
        self.verdict.entries.append(self._entry(fact, value))
        self.verdict.changes.append(Change(fact.slot, value, old))

    def retract(self, command: RetractFact) -> None:
        known = self.facts.get(command.slot)
        held = known.value if known and known.known else None
        if held is None or (command.slot in LIST_SLOTS and command.value not in held):
            return
        fact = SetFact(
            slot=command.slot, value=None, quote=command.quote, start=command.start, end=command.end, confidence=1.0
        )
        self.verdict.entries.append(replace(self._entry(fact, command.value), status="withdrawn"))
        self.verdict.changes.append(Change(command.slot, command.value, held, withdrawn=True))

    def refuse(self, command: Decline | Unknown) -> None:
        known = self.facts.get(command.slot)
        if command.slot not in SLOTS or (known is not None and known.known):
            return
        status = "declined" if isinstance(command, Decline) else "unknown"
        if known is not None and known.status == status:
            return
        self.verdict.entries.append(
            Entry(
                slot=command.slot, value=None, quote=command.quote, message=self.number, start=command.start,
                end=command.start + len(command.quote), extractor=self.extractor, status=status,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def intend(self, command: Intent) -> None:
        known = self.facts.get("intent")
        if known is None or known.value == "browsing" or (command.chosen and known.value != command.name):
            self.verdict.entries.append(
                Entry(slot="intent", value=command.name, message=self.number, extractor=self.extractor, confidence=0.7)
            )


def _repeats(slot: str, old: str, new: str) -> bool:
    if slot in ("tech_stack", "stakeholders"):
        return canon(old).lower() == canon(new).lower()
    return fuzz.ratio(canon(old).lower(), canon(new).lower()) >= _SAME_STORY


def validate(
    commands: Sequence[Command], heard: Heard, number: int, ledger: Sequence[Entry], extractor: Extractor = "grammar"
) -> Verdict:
    """The ledger entries that ``commands`` earn, with what they change and what contradicts."""
    gate = _Gate(heard, number, ledger, extractor)
    for command in commands:
        match command:
            case SetFact():
                gate.take(command)
            case RetractFact():
                gate.retract(command)
            case Decline() | Unknown():
                gate.refuse(command)
            case Intent():
                gate.intend(command)
            case _:
                pass
    return gate.verdict
