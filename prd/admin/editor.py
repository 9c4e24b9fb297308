"""A version as a form: what was typed, and beside each field the rule that it breaks, with the place marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from prd import document, editing
from prd.lint import Finding
from prd.models import PrdVersion


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding with the words it is about; ``place`` is empty when it is about the whole."""

    hint: str
    before: str
    place: str
    after: str


@dataclass(frozen=True, slots=True)
class Box:
    name: str
    label: str
    text: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One item as boxes; ``withdraw`` is the box for why it is withdrawn, none for a new one."""

    id: str
    boxes: tuple[Box, ...]
    withdraw: Box | None
    bad: bool


def page(version: PrdVersion, request: HttpRequest, findings: Sequence[Finding]) -> dict[str, Any]:
    parts = editing.form(document.from_json(version.document))
    typed = request.POST.dict()
    placed = {id(finding) for part in parts for entry in part.entries for finding in _of(entry, part.key, findings)}
    return {
        "title": f"Edit version {version.number}",
        "version": version,
        "sections": [(part, list(_blocks(part, typed, findings))) for part in parts],
        "elsewhere": [finding for finding in findings if id(finding) not in placed],
        "findings": findings,
        "note": typed.get("note", ""),
    }


def _blocks(part: editing.Part, typed: Mapping[str, str], findings: Sequence[Finding]) -> Iterator[Block]:
    for entry in (*part.entries, part.empty):
        own = _of(entry, part.key, findings)
        boxes = tuple(_box(field, typed, own) for field in entry.fields)
        withdraw = Box(entry.withdraw, "", typed.get(entry.withdraw, ""), ()) if entry.withdraw else None
        yield Block(entry.id, boxes, withdraw, bool(own))


def _of(entry: editing.Entry, section: str, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.section == section and finding.item in (entry.id, entry.key)]


def _box(field: editing.Field, typed: Mapping[str, str], findings: Sequence[Finding]) -> Box:
    text = typed.get(field.name, field.text)
    part = field.name.rsplit(".", 1)[-1]
    own = [finding for finding in findings if (finding.part or "text") == part]
    return Box(field.name, field.label, text, tuple(_fault(finding, editing.typed(text).text) for finding in own))


def _fault(finding: Finding, text: str) -> Fault:
    start, end = finding.start, finding.end
    if end <= start:
        return Fault(finding.hint, "", "", "")
    return Fault(finding.hint, text[max(0, start - 30) : start], text[start:end], text[end : end + 30])
