"""What is known of a visitor, for staff: facts in words with the visitor's own beside them, what is still open, and
what to write first. Slots are named in English, the reply is in the visitor's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chat import phrases
from chat.consultant.language import load
from chat.consultant.ledger import LIST_SLOTS, Entry, Fact
from chat.consultant.policy import CORE
from chat.consultant.policy import ORDER as ASKED
from chat.consultant.speak import Voice
from chat.consultant.state import State
from chat.consultant.values import shorten

IMPERSONAL = frozenset({"industry", "company_size", "budget", "timeline", "intent", "consent"})
SERVICES = {
    "ai_strategy": "AI Strategy", "custom_development": "Custom Development", "data_intelligence": "Data Intelligence",
}  # fmt: skip
ORDER = (
    "name", "company", "email", "phone", "industry", "company_size", "challenges", "success_criteria", "tech_stack",
    "budget", "timeline", "decision_maker", "stakeholders", "constraints", "exclusions", "intent", "consent",
)  # fmt: skip
QUOTED_WORDS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One value with the words it rests on; ``message`` is the number of the message that holds them."""

    value: str
    quote: str
    message: int | None
    extractor: str
    confidence: int
    """Percent."""


@dataclass(frozen=True, slots=True)
class Shown:
    slot: str
    label: str
    status: str
    lines: tuple[Line, ...]


def shown(known: Mapping[str, Fact], *, people: bool) -> list[Shown]:
    """All facts in the order of a conversation; without ``people`` only what tells of nobody, unquoted."""
    slots = sorted(known, key=lambda slot: ORDER.index(slot) if slot in ORDER else len(ORDER))
    return [_shown(known[slot], quoted=people) for slot in slots if people or slot in IMPERSONAL]


def _shown(fact: Fact, *, quoted: bool) -> Shown:
    lines = tuple(_line(entry, quoted=quoted) for entry in fact.entries) if fact.known else ()
    return Shown(fact.slot, label(fact.slot), fact.status, lines)


def _line(entry: Entry, *, quoted: bool) -> Line:
    value = in_words(entry.slot, entry.value, verbatim=quoted)
    quote, message = (entry.quote, entry.message) if quoted else ("", None)
    return Line(value, quote, message, entry.extractor, round(entry.confidence * 100))


def label(slot: str) -> str:
    return {"email": "Email", "tech_stack": "Systems"}.get(slot, slot.replace("_", " ").capitalize())


def text(known: Mapping[str, Fact], slot: str) -> str:
    """A fact's value in words; empty when it is not known."""
    fact = known.get(slot)
    if fact is None or not fact.known:
        return ""
    if slot in LIST_SLOTS:
        return "; ".join(in_words(slot, value) for value in fact.value)
    return in_words(slot, fact.value)


def in_words(slot: str, value: Any, *, verbatim: bool = True) -> str:
    """``verbatim`` False leaves out what may be the visitor's own words."""
    match slot, value:
        case "budget", {"currency": currency}:
            return f"{_between(value)} {currency}"
        case "company_size", {}:
            return f"{_between(value)} people"
        case "company_size", int():
            return f"{value:,} people"
        case "timeline", {"kind": kind}:
            return str(value.get("date") or (verbatim and value.get("text")) or kind)
        case "decision_maker", {"self": alone}:
            return "decides alone" if alone else str(value.get("name") or "somebody else decides")
        case "intent", str():
            return SERVICES.get(value, value.replace("_", " "))
        case _, bool():
            return "yes" if value else "no"
    return str(value)


def _between(span: Mapping[str, Any]) -> str:
    low, high = span.get("min"), span.get("max")
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else "unknown"


def open_questions(known: Mapping[str, Fact]) -> list[str]:
    """What a complete brief still lacks, with the reason where the visitor gave one."""
    return [label(slot) + _why_open(known.get(slot)) for slot in CORE if slot not in known or not known[slot].known]


def _why_open(fact: Fact | None) -> str:
    return f" ({fact.status})" if fact else ""


def suggested_reply(known: Mapping[str, Fact], *, language: str, staff: str) -> str:
    """A first message to edit: who writes, what was heard, and the most valuable question that was not refused."""
    name = known.get("name")
    opening = (
        phrases.say(language, "person", name=str(name.value), staff=staff)
        if name and name.known
        else phrases.say(language, "person_unnamed", staff=staff)
    )
    return " ".join(filter(None, (opening, _heard(known, language), _next(known, language))))


def _heard(known: Mapping[str, Fact], language: str) -> str:
    need = known.get("challenges")
    if need is None or not need.known:
        return ""
    said = need.entries[0].quote or str(need.entries[0].value)
    return phrases.say(language, "heard", quote=shorten(said, load(language), QUOTED_WORDS).rstrip("."))


def _next(known: Mapping[str, Fact], language: str) -> str:
    slot = next((slot for slot in ASKED if slot not in known), None)
    voice = Voice(load(language), State(language=language), known)
    return voice.phrase("ask", slot) if slot else ""
