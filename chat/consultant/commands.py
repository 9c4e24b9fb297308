"""What a message can mean. An understander, built-in or a language model, answers with a list of these."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFact:
    """``quote`` is the visitor's verbatim text at [start, end); ``corrects`` when a correction was announced."""

    slot: str
    value: Any
    quote: str
    start: int
    end: int
    confidence: float = 1.0
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractFact:
    """Takes back a slot, or one ``value`` of a list slot."""

    slot: str
    value: Any
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decline:
    slot: str
    quote: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class Unknown:
    slot: str
    quote: str = ""
    start: int = 0


@dataclass(frozen=True, slots=True)
class AskBack:
    """A question to us. ``topic`` is the key of a knowledge entry, "why", or "other"."""

    topic: str


@dataclass(frozen=True, slots=True)
class Confirm:
    yes: bool


@dataclass(frozen=True, slots=True)
class ChangeLanguage:
    """``wished``: asked for by name, so that it no longer follows the messages."""

    code: str
    wished: bool = False


@dataclass(frozen=True, slots=True)
class Intent:
    """``chosen``: by a button or in answer to our question, so it outweighs what the first message hinted at."""

    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """Something only the outer code can do: match_experts, book, generate_prd."""

    action: str


@dataclass(frozen=True, slots=True)
class Act:
    """A move that carries no fact: handoff, erase, export, withdraw_consent, pause, resume, offtopic, abuse,
    injection, not_a_lead, greeting, thanks, goodbye, invalid_email, redo, nothing_to_add."""

    kind: str


Command = (
    SetFact | RetractFact | Decline | Unknown | AskBack | Confirm | ChangeLanguage | Intent | Request | Act
)  # fmt: skip
