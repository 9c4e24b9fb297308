"""Ids that stay: an item keeps its number in every version, a dropped one stays listed as withdrawn."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from prd.document import PREFIXES, Document, Item, Line, Section

TOKEN = re.compile(r"⟦(.*?)⟧")
WIDTH = {"fr": 3, "nfr": 3}
AnyLine = TypeVar("AnyLine", bound=Line)


def numbered_name(section: str, number: int) -> str:
    return f"{PREFIXES[section]}{number:0{WIDTH.get(section, 1)}d}"


def earlier_items(previous: Document | None, section: str) -> list[Item]:
    return list(previous.section(section).items) if previous and section in PREFIXES else []


def allot(sections: Sequence[Section], previous: Document | None) -> dict[str, str]:
    """Key -> id: the number an item had before, else the next free one of its section."""
    ids: dict[str, str] = {}
    for section in sections:
        if section.key not in PREFIXES:
            continue
        known = {item.key: item.id for item in earlier_items(previous, section.key)}
        ids |= known
        fresh = [item.key for item in section.items if item.key not in known]
        ids |= {
            key: numbered_name(section.key, len(known) + place)
            for place, key in enumerate(dict.fromkeys(fresh), start=1)
        }
    return ids


def _named(text: str, ids: Mapping[str, str]) -> str:
    return TOKEN.sub(lambda match: ids.get(match[1], ""), text)


def _line(line: AnyLine, ids: Mapping[str, str]) -> AnyLine:
    assumes = tuple(dict.fromkeys(ids.get(key, key) for key in line.assumes))
    return msgspec.structs.replace(line, text=_named(line.text, ids), assumes=assumes)


def numbered(section: Section, ids: Mapping[str, str]) -> Section:
    """The section with ids for keys, wherever an item names another."""
    items = [
        msgspec.structs.replace(
            _line(item, ids),
            id=ids.get(item.key, "") if section.key in PREFIXES else "",
            title=_named(item.title, ids),
            details=tuple(_line(detail, ids) for detail in item.details),
        )
        for item in section.items
    ]
    return Section(section.key, section.title, tuple(items))


def with_withdrawn(section: Section, previous: Document | None, reason: Callable[[Item], str]) -> Section:
    """The section with the items of the version before that it no longer holds, and all in the order of their ids."""
    present = {item.key for item in section.items}
    gone = [item for item in earlier_items(previous, section.key) if item.key not in present]
    kept = [item if item.withdrawn else msgspec.structs.replace(item, withdrawn=reason(item)) for item in gone]
    return Section(section.key, section.title, tuple(sorted((*section.items, *kept), key=_place)))


def withdrawn_by_staff(previous: Document | None) -> set[str]:
    """Keys of items that stay out whatever the conversation says."""
    sections = previous.sections if previous else ()
    return {item.key for section in sections for item in section.items if item.edited and item.withdrawn}


def with_edited(section: Section, previous: Document | None, broken: frozenset[str]) -> Section:
    """The section with what staff worded in the version before, unless that breaks a rule by now."""
    before = previous.section(section.key).items if previous else ()
    edited = {item.key: item for item in before if item.edited and item.key not in broken}
    added = [item for item in edited.values() if item.key not in {own.key for own in section.items}]
    return Section(section.key, section.title, (*(edited.get(item.key, item) for item in section.items), *added))


def _place(item: Item) -> int:
    return int(item.id.rsplit("-", 1)[-1])


def revived(section: Section, used: Iterable[str]) -> Section:
    """Withdrawn items that a kept section still refers to stand again."""
    wanted = set(used)
    items = (msgspec.structs.replace(item, withdrawn="") if item.id in wanted else item for item in section.items)
    return Section(section.key, section.title, tuple(items))
