"""What is known of a visitor, in lines that an expert reads at a glance."""

from typing import Any

from chat.consultant.ledger import Fact, fold
from chat.models import Session
from chat.transcript import ledger

_ORDER = (
    "company", "industry", "company_size", "challenges", "success_criteria", "tech_stack", "budget", "timeline",
    "decision_maker", "constraints", "exclusions", "phone",
)  # fmt: skip


def _range(value: dict[str, Any]) -> str:
    ends = [f"{end:,}" for end in (value.get("min"), value.get("max")) if end is not None]
    return " ".join([*(["up to"] if value.get("min") is None else []), " to ".join(dict.fromkeys(ends))])


def _shown(slot: str, value: Any) -> str:
    if slot == "budget":
        return f"{_range(value)} {value.get('currency', '')}".strip()
    if slot == "timeline":
        return str(value.get("text") or value.get("date") or value.get("kind", ""))
    if slot == "decision_maker":
        return "yes" if value.get("self") else str(value.get("name") or "no")
    if isinstance(value, dict):
        return _range(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(fact: Fact) -> str:
    return f"{fact.slot.replace('_', ' ').capitalize()}: {_shown(fact.slot, fact.value)}"


def brief(session: Session | None) -> str:
    """One line a fact, in the order in which an expert asks for them; empty when nothing is known."""
    facts = fold(ledger(session)) if session is not None else {}
    return "\n".join(_line(facts[slot]) for slot in _ORDER if slot in facts and facts[slot].known)
