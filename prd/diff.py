"""What changed between two versions, by id."""

from dataclasses import dataclass
from typing import Literal

from prd.document import PREFIXES, Document, Item

Kind = Literal["added", "removed", "changed", "relaxed"]
PRIORITIES = ("must", "should", "could")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` and ``after`` are the item's whole text; empty where it did not stand."""

    kind: Kind
    section: str
    id: str
    before: str
    after: str


def whole(item: Item | None) -> str:
    """The item in one text, as a reader sees it."""
    if item is None or item.withdrawn:
        return ""
    return "\n".join([item.text, *(f"{detail.label}: {detail.text}" for detail in item.details)])


def _rank(document: Document, item: Item) -> int:
    names = [document.labels.get(name, name).casefold() for name in PRIORITIES]
    stated = item.detail("priority").casefold()
    return names.index(stated) if stated in names else 0


def _kind(before: tuple[Document, Item | None], after: tuple[Document, Item | None]) -> Kind:
    if before[1] is None or before[1].withdrawn:
        return "added"
    if after[1] is None or after[1].withdrawn:
        return "removed"
    return "relaxed" if _rank(after[0], after[1]) > _rank(before[0], before[1]) else "changed"


def diff(before: Document, after: Document) -> list[Change]:
    """Changes of numbered items in the order of the document; a requirement of lower priority is relaxed."""
    found = []
    for key in PREFIXES:
        old = {item.id: item for item in before.section(key).items}
        new = {item.id: item for item in after.section(key).items}
        for name in sorted(old.keys() | new.keys(), key=lambda name: int(name.rsplit("-", 1)[-1])):
            texts = whole(old.get(name)), whole(new.get(name))
            if texts[0] != texts[1]:
                kind = _kind((before, old.get(name)), (after, new.get(name)))
                found.append(Change(kind, key, name, *texts))
    return found
