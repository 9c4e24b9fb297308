"""The facts of a conversation as staff read them: in words, with the visitor's own words beside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from chat.consultant.ledger import LIST_SLOTS, Entry, Fact, fold
from chat.models import LedgerEntry, Session

IMPERSONAL = frozenset({"industry", "company_size", "budget", "timeline", "intent", "consent"})
SERVICES = {
    "ai_strategy": "AI Strategy", "custom_development": "Custom Development", "data_intelligence": "Data Intelligence",
}  # fmt: skip
CONTACT = ("name", "company", "email")
ORDER = (
    "name", "company", "email", "phone", "industry", "company_size", "challenges", "success_criteria", "tech_stack",
    "budget", "timeline", "decision_maker", "stakeholders", "constraints", "exclusions", "intent", "consent",
)  # fmt: skip


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


def facts(rows: Iterable[LedgerEntry]) -> dict[str, Fact]:
    return fold(row.entry() for row in rows)


def with_contact(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Ready for ``contact`` without a query each."""
    lines = LedgerEntry.objects.filter(slot__in=CONTACT).select_related("message").order_by("id")
    return sessions.prefetch_related(Prefetch("ledger", queryset=lines, to_attr="contact_lines"))


def contact(session: Session) -> dict[str, str]:
    """Who a visitor of ``with_contact`` is, as far as known; of other sessions nothing is known."""
    known = facts(getattr(session, "contact_lines", ()))
    return {slot: text(known, slot) for slot in CONTACT}


def service(session: Session) -> str:
    return SERVICES.get(session.recommended_service, session.recommended_service)


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
