"""What a document is written from: the facts, the visitor's words, the topics found in them, and nothing else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from chat.consultant.ledger import Entry, Fact
from chat.shapes import Role
from prd.document import SECTIONS, Author, Document, Status
from prd.wording import Patterns


@dataclass(frozen=True, slots=True)
class Said:
    """Message ``number`` of the session."""

    number: int
    role: Role
    text: str


class Hit(Protocol):
    """A sign of a topic at [start, end) of a text; ``weight`` (0-1) says how sure it is."""

    @property
    def topic(self) -> str: ...
    @property
    def weight(self) -> float: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def negated(self) -> bool: ...


class Found(Protocol):
    """What the taxonomy finds in one text."""

    @property
    def hits(self) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Mention:
    message: int
    topic: str
    start: int
    end: int
    negated: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A matched expert as the document names one; ``reasons`` are lines in the document's language."""

    name: str
    role: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """``superseded`` are entries of the ledger that were corrected or taken back: their words are not used.

    ``feedback`` is the number of the message that asked for this version; ``note`` says why staff edited it;
    ``booking_url`` may be empty.
    """

    language: str
    version: int
    created: date
    facts: Mapping[str, Fact]
    messages: Sequence[Said]
    mentions: Sequence[Mention] = ()
    service: str = ""
    superseded: Sequence[Entry] = ()
    experts: Sequence[Candidate] = ()
    booking_url: str = ""
    status: Status = "draft"
    prompt_version: str = "built-in"
    previous: Document | None = None
    feedback: int | None = None
    author: Author = "unobot"
    note: str = ""
    sections: frozenset[str] = field(default=frozenset(SECTIONS))
    patterns: Patterns = field(default_factory=Patterns)


def mentions_in(messages: Iterable[Said], find: Callable[[str], Found]) -> list[Mention]:
    """Topics in the visitor's own messages, by the taxonomy's ``find``."""
    return [
        Mention(said.number, hit.topic, hit.start, hit.end, hit.negated, hit.weight)
        for said in messages
        if said.role == "user"
        for hit in find(said.text).hits
    ]
