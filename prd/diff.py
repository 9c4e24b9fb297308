"""What changed between two versions, by id."""

from dataclasses import dataclass
from typing import Literal

from prd.document import SECTIONS, Document, Item

Kind = Literal["added", "removed", "changed", "relaxed"]
COMPUTED = ("sources", "changelog")
PRIORITIES = ("must", "should", "could")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` and ``after`` are the item's whole text, empty where it did not stand; so is ``id`` if it has none."""

    kind: Kind
    section: str
    id: str
    before: str
    after: str


def whole(item: Item | None) -> str:
    """The item in one text, as a reader sees it."""
    if item is None or item.withdrawn:
        return ""
    title = [item.title] if item.title and item.title not in item.text else []
    return "\n".join([*title, item.text, *(f"{detail.label}: {detail.text}" for detail in item.details)])


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
    """Changes in the order of the document, by id, else by key; a requirement of lower priority is relaxed."""
    found = []
    for key in SECTIONS if before != after else ():
        old, new = _named(before, key), _named(after, key)
        for name in dict.fromkeys([*new, *old]):
            texts = whole(old.get(name)), whole(new.get(name))
            if texts[0] != texts[1]:
                kind = _kind((before, old.get(name)), (after, new.get(name)))
                found.append(Change(kind, key, _id(old, new, name), *texts))
    return found


def _named(document: Document, section: str) -> dict[str, Item]:
    items = document.section(section).items if section not in COMPUTED else ()
    return {item.id or item.key: item for item in items}


def _id(old: dict[str, Item], new: dict[str, Item], name: str) -> str:
    return (new.get(name) or old[name]).id
