"""The fact ledger: what the visitor said, in their own words, append-only; the state is its fold.

Values by slot:
    name, company, industry, email, phone: str · company_size: int (people) or {"min": int|None, "max": int|None}
    challenges, tech_stack, success_criteria, stakeholders, constraints, exclusions: one str an entry,
        a list when folded
    budget: {"min": number|None, "max": number|None, "currency": "EUR"}
    timeline: {"kind": "date"|"asap"|"flexible"|"unknown", "date": "YYYY-MM-DD"|None, "text": str}
    decision_maker: {"self": bool, "name": str|None} · consent: bool · intent: str (a service key or "browsing")
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from chat.shapes import FactStatus

LIST_SLOTS = frozenset({"challenges", "tech_stack", "success_criteria", "stakeholders", "constraints", "exclusions"})
SINGLE_SLOTS = frozenset(
    {
        "name", "email", "phone", "company", "industry", "company_size", "budget", "timeline", "decision_maker",
        "consent", "intent",
    }
)  # fmt: skip
SLOTS = LIST_SLOTS | SINGLE_SLOTS

Extractor = Literal["grammar", "llm", "visitor", "staff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger.

    ``quote`` is the visitor's verbatim words, found at [start, end) of message number ``message`` (1, 2, ... in the
    session); an edit by the visitor or staff quotes nothing. A ``withdrawn`` entry of a list slot names the value it
    takes back; of a single slot, it empties the slot. ``declined`` and ``unknown`` have the value None.
    """

    slot: str
    value: Any
    quote: str = ""
    message: int | None = None
    start: int = 0
    end: int = 0
    extractor: Extractor = "grammar"
    confidence: float = 1.0
    status: FactStatus = "proposed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One slot as it stands after the fold: entries that count, newest last; never empty."""

    slot: str
    entries: tuple[Entry, ...]

    @property
    def latest(self) -> Entry:
        return self.entries[-1]

    @property
    def status(self) -> FactStatus:
        return self.latest.status

    @property
    def known(self) -> bool:
        return self.status in ("proposed", "confirmed")

    @property
    def value(self) -> Any:
        """The value by slot as the module says; a list for list slots; None when declined or unknown."""
        if not self.known:
            return None
        return [entry.value for entry in self.entries] if self.slot in LIST_SLOTS else self.latest.value


def _fold_list(standing: list[Entry], entry: Entry) -> list[Entry]:
    others = [e for e in standing if e.value is not None and e.value != entry.value]
    if entry.status == "withdrawn":
        return [] if entry.value is None else others
    if entry.status in ("declined", "unknown"):
        return others or [entry]
    replaced = next((i for i, e in enumerate(standing) if e.value == entry.value), None)
    if replaced is None:
        return [*others, entry]
    return [*standing[:replaced], entry, *standing[replaced + 1 :]]


def fold(entries: Iterable[Entry]) -> dict[str, Fact]:
    """The facts that stand after all entries, in order; a slot that was withdrawn is absent."""
    standing: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.slot in LIST_SLOTS:
            standing[entry.slot] = _fold_list(standing.get(entry.slot, []), entry)
        else:
            standing[entry.slot] = [] if entry.status == "withdrawn" else [entry]
    return {slot: Fact(slot, tuple(kept)) for slot, kept in standing.items() if kept}
