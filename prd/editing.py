"""A version as staff edit it: each statement a field with its references behind it; what is computed follows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from chat.errors import Invalid
from chat.shapes import ErrorDetail
from prd import outline
from prd.brief import Brief
from prd.document import PREFIXES, Detail, Document, Item, Line, Section
from prd.lint import PARTS, Finding
from prd.markdown import references
from prd.numbering import AnyLine, numbered_name

COMPUTED = ("sources", "changelog")
TITLED = ("fr", "nfr")
TAIL = re.compile(r"\s*\[(m\d+|A-\d+)\]\s*$")


class BreaksRules(Invalid):
    """The text as edited breaks hard rules of the document; ``findings`` say which, and where."""

    message = "The text breaks rules of the document and was not saved."

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        places = [f"{finding.section}.{finding.item}.{finding.part or 'text'}" for finding in findings]
        rows = zip(places, findings, strict=True)
        super().__init__(details=[ErrorDetail(place, finding.rule, finding.hint) for place, finding in rows])


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is section.place.part, with ``new`` for the place of an item that does not exist yet."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of one item; ``withdraw`` is the name of the field for the reason, if it can be withdrawn."""

    id: str
    key: str
    fields: tuple[Field, ...]
    withdraw: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its entries and an empty one for an item to be added."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    empty: Entry


def form(document: Document) -> list[Part]:
    return [_part(document, section) for section in document.sections if section.key not in COMPUTED]


def _part(document: Document, section: Section) -> Part:
    entries = tuple(_entry(section.key, n, item) for n, item in enumerate(section.items) if not item.withdrawn)
    return Part(section.key, section.title, entries, _empty(document, section))


def _entry(section: str, place: int, item: Item) -> Entry:
    return Entry(item.id, item.key, tuple(_fields(f"{section}.{place}", item)), f"{section}.{place}.withdraw")


def _fields(start: str, item: Item) -> Iterator[Field]:
    if item.title:
        yield Field(f"{start}.title", "Title", item.title)
    yield Field(f"{start}.text", "Text", shown(item))
    for detail in item.details:
        yield Field(f"{start}.{detail.name}", detail.label, shown(detail))


def _empty(document: Document, section: Section) -> Entry:
    names = [*(["title"] if section.key in TITLED else []), "text", *PARTS.get(section.key, ())]
    labels = {**document.labels, "title": "Title", "text": "Text"}
    fields = tuple(Field(f"{section.key}.new.{name}", labels[name], "") for name in names)
    return Entry(_next_id(section), _new_key(section, document.version + 1), fields)


def _next_id(section: Section) -> str:
    return numbered_name(section.key, len(section.items) + 1) if section.key in PREFIXES else ""


def _new_key(section: Section, version: int) -> str:
    return f"staff.{section.key}.{version}"


def shown(line: Line) -> str:
    return f"{line.text}{references(line)}"


def typed(text: str) -> Line:
    """A statement and the references at its end."""
    sources, assumes, rest = list[int](), list[str](), " ".join(text.split())
    while found := TAIL.search(rest):
        rest = rest[: found.start()]
        if found[1].startswith("m"):
            sources.insert(0, int(found[1][1:]))
        else:
            assumes.insert(0, found[1])
    return Line(rest, tuple(sources), tuple(assumes))


def edited(document: Document, brief: Brief, texts: Mapping[str, str]) -> Document:
    """The next version: ``document`` with the texts typed into its form; fields that are missing stay as they are."""
    draft = outline.draft_of(brief)
    sections = [
        _edited_section(document, section, brief, texts) for section in document.sections if section.key not in COMPUTED
    ]
    return msgspec.structs.replace(
        document,
        version=brief.version,
        created=brief.created.isoformat(),
        status="draft",
        sections=tuple(outline.with_computed(draft, sections)),
    )


def _edited_section(document: Document, section: Section, brief: Brief, texts: Mapping[str, str]) -> Section:
    withdrawn = document.labels["withdrawn"]
    items = list[Item]()
    for place, item in enumerate(section.items):
        start = f"{section.key}.{place}"
        reason = texts.get(f"{start}.withdraw", "").strip()
        if reason and not item.withdrawn:
            told = withdrawn.format(version=brief.version, reason=reason)
            items.append(msgspec.structs.replace(item, withdrawn=told, edited=True))
        else:
            items.append(_edited_item(start, item, texts))
    return Section(section.key, section.title, (*items, *_added(document, section, brief, texts)))


def _edited_item(start: str, item: Item, texts: Mapping[str, str]) -> Item:
    line = _line(item, texts.get(f"{start}.text"))
    details = tuple(_line(detail, texts.get(f"{start}.{detail.name}")) for detail in item.details)
    title = " ".join(texts.get(f"{start}.title", item.title).split())
    now = msgspec.structs.replace(line, title=title, details=details)
    return item if now == item else msgspec.structs.replace(now, edited=True)


def _line(line: AnyLine, text: str | None) -> AnyLine:
    if text is None or text.split() == shown(line).split():
        return line
    now = typed(text)
    return msgspec.structs.replace(line, text=now.text, sources=now.sources, assumes=now.assumes)


def _added(document: Document, section: Section, brief: Brief, texts: Mapping[str, str]) -> Sequence[Item]:
    """The item typed into the empty entry, as the next of its section."""
    start = f"{section.key}.new"
    line = typed(texts.get(f"{start}.text", ""))
    if not line.text:
        return ()
    details = [(name, typed(texts.get(f"{start}.{name}", ""))) for name in PARTS.get(section.key, ())]
    return (
        Item(
            key=_new_key(section, brief.version),
            id=_next_id(section),
            title=texts.get(f"{start}.title", "").strip(),
            text=line.text,
            sources=line.sources,
            assumes=line.assumes,
            details=tuple(
                Detail(name=name, label=document.labels[name], text=d.text, sources=d.sources, assumes=d.assumes)
                for name, d in details
                if d.text
            ),
            edited=True,
        ),
    )
