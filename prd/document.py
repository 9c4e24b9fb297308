"""The requirements document as data: sections of items, each with where it comes from.

``sources`` are numbers of the session's messages, shown as [m3]; ``assumes`` are ids of assumptions, shown as [A-2].
"""

from typing import Literal

import msgspec

Status = Literal["draft", "in_review", "approved"]
Author = Literal["unobot", "staff"]

SECTIONS = (
    "summary",
    "problem",
    "goals",
    "users",
    "in_scope",
    "out_of_scope",
    "fr",
    "nfr",
    "constraints",
    "plan",
    "risks",
    "assumptions",
    "questions",
    "next",
    "sources",
    "changelog",
)
PREFIXES = {"goals": "G-", "fr": "FR-", "nfr": "NFR-", "risks": "R-", "assumptions": "A-", "questions": "Q-"}


class Line(msgspec.Struct, frozen=True):
    """One statement, with what it rests on."""

    text: str
    sources: tuple[int, ...] = ()
    assumes: tuple[str, ...] = ()


class Detail(Line, frozen=True, kw_only=True):
    """A named part of an item: ``name`` is language-neutral (priority, target …), ``label`` is shown."""

    name: str
    label: str


class Item(Line, frozen=True, kw_only=True):
    """A numbered or plain statement. ``key`` names the same item in every version and language.

    ``edited`` ones were worded by staff and are kept so in later versions.
    """

    key: str
    id: str = ""
    title: str = ""
    kind: Literal["text", "quote"] = "text"
    details: tuple[Detail, ...] = ()
    withdrawn: str = ""
    edited: bool = False

    def detail(self, name: str) -> str:
        return next((d.text for d in self.details if d.name == name), "")

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self, *self.details)


class Section(msgspec.Struct, frozen=True):
    key: str
    title: str
    items: tuple[Item, ...]

    @property
    def standing(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if not item.withdrawn)


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """``created`` is an ISO date; ``labels`` are the words of the page itself (front matter, column heads)."""

    title: str
    language: str
    version: int
    created: str
    status: Status
    generator: str
    prompt_version: str
    labels: dict[str, str]
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def items(self) -> dict[str, Item]:
        """Numbered items by id, withdrawn ones too."""
        return {item.id: item for section in self.sections for item in section.items if item.id}


def to_json(document: Document) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(document)
    return plain


def from_json(plain: object) -> Document:
    return msgspec.convert(plain, Document)
