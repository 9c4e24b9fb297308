"""A document that keeps the hard rules: what would break one is left out and asked for, never passed on."""

from collections.abc import Callable, Iterator

import msgspec

from prd.brief import Brief
from prd.document import Document, Item, Line
from prd.evidence import CONTACT
from prd.lint import Finding, lint
from prd.outline import unheard, write

ROUNDS = 4
"""Leaving one statement out may leave another without what it refers to, so it is looked at again."""
HIDDEN = "…"


def mended(brief: Brief, tell: Callable[[str], None] = unheard) -> tuple[Document, list[Finding]]:
    """The document and the findings for which statements were left out; without any, it is as it was written."""
    document, told, broken = write(brief, tell), list[Finding](), frozenset[str]()
    for _ in range(ROUNDS):
        findings = lint(document, brief)
        told += [finding for finding in findings if finding not in told]
        more = broken | set(_keys(document, findings))
        if more == broken:
            break
        broken = more
        document = write(brief, broken=broken)
    return (without_contacts(document), told) if told else (document, told)


def _keys(document: Document, findings: list[Finding]) -> Iterator[str]:
    """The keys of the items at fault."""
    faults = {(finding.section, finding.item) for finding in findings}
    for section in document.sections:
        yield from (item.key for item in section.items if (section.key, item.id or item.key) in faults)


def without_contacts(document: Document) -> Document:
    """The last line of defence: whatever else is at fault, no contact data leaves."""
    sections = (
        msgspec.structs.replace(section, items=tuple(map(_masked, section.items))) for section in document.sections
    )
    return msgspec.structs.replace(document, sections=tuple(sections))


def _masked(item: Item) -> Item:
    details = tuple(msgspec.structs.replace(detail, text=_hidden(detail)) for detail in item.details)
    title = CONTACT.sub(HIDDEN, item.title)
    return msgspec.structs.replace(item, text=_hidden(item), title=title, details=details)


def _hidden(line: Line) -> str:
    return CONTACT.sub(HIDDEN, line.text)
