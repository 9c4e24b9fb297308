"""A document as Markdown: each heading with a language-neutral anchor, each statement with its references."""

import re
from collections.abc import Sequence

from prd.document import Detail, Document, Item, Line, Section

TABLES = {
    "users": ("role", "need", "part"),
    "sources": ("message", "words", "used"),
    "changelog": ("version", "dates", "author", "sections", "reason"),
}
HEADED = ("fr", "nfr")
LISTED = ("goals",)
REGISTERS = {
    "risks": ("risk", "likelihood", "impact", "mitigation", "linked"),
    "assumptions": ("assumption", "why", "confirm", "wrong"),
    "questions": ("question", "why", "who", "blocks"),
}
BRIEF = ("priority", "goal", "source")
PARAGRAPHS = ("summary", "problem")


def references(line: Line) -> str:
    """[m3] [A-2], with a space before; empty when there are none."""
    marks = [f"[m{number}]" for number in sorted(set(line.sources))] + [f"[{name}]" for name in line.assumes]
    return "".join(f" {mark}" for mark in marks)


def safe(text: str) -> str:
    """Text whose Markdown and HTML signs are shown, not obeyed."""
    text = re.sub(r"([\\`*_\[\]|~])", r"\\\1", text.replace("\n", " "))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pair(detail: Detail) -> str:
    return f"{detail.label}: {safe(detail.text)}"


def _detail(detail: Detail) -> str:
    return f"{_pair(detail)}{references(detail)}"


def _together(lines: Sequence[Line]) -> Line:
    """The references of several lines that share one."""
    return Line(
        "",
        tuple(n for line in lines for n in line.sources),
        tuple(dict.fromkeys(a for line in lines for a in line.assumes)),
    )


def _struck(text: str) -> str:
    """Words that no longer hold; what broke a rule has none."""
    return f" ~~{safe(text)}~~" if text else ""


def _headed(item: Item) -> list[str]:
    if item.withdrawn:
        return [f"### {item.id}{_struck(item.title)}", "", safe(item.withdrawn), ""]
    lines = [f"### {item.id} {safe(item.title)}", "", f"{safe(item.text)}{references(item)}", ""]
    short = [detail for detail in item.details if detail.name in BRIEF]
    brief = [f"- {' · '.join(_pair(detail) for detail in short)}{references(_together(short))}"] if short else []
    return [*lines, *brief, *(f"- {_detail(detail)}" for detail in item.details if detail.name not in BRIEF), ""]


def _own(item: Item) -> Line:
    """An assumption does not cite itself."""
    return Line(item.text, item.sources, tuple(a for a in item.assumes if a != item.id))


def _register(document: Document, section: Section) -> list[str]:
    columns = [section.title, *(document.labels[name] for name in REGISTERS[section.key][1:])]
    return [
        _row([document.labels["id"], *columns]),
        _row(["---"] * (len(columns) + 1)),
        *(_row(_entry(item, len(columns))) for item in section.items),
    ]


def _entry(item: Item, width: int) -> list[str]:
    name = f"[{item.id}]" if item.id.startswith("A-") else item.id
    if item.withdrawn:
        return [name, f"{_struck(item.text)} {safe(item.withdrawn)}".strip(), *[""] * (width - 1)]
    cells = [safe(line.text) for line in item.lines]
    cells[-1] += references(_own(item))
    return [name, *cells]


def _listed(item: Item) -> list[str]:
    if item.withdrawn:
        return [f"- **{item.id}**{_struck(item.text)} {safe(item.withdrawn)}"]
    return [
        f"- **{item.id}** {safe(item.text)}{references(item)}",
        *(f"  - {_detail(detail)}" for detail in item.details),
    ]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(document: Document, section: Section, columns: tuple[str, ...]) -> list[str]:
    head = [_row([document.labels[name] for name in columns]), _row(["---"] * len(columns))]
    return [*head, *(_row(_cells(section.key, item)) for item in section.standing)]


def _cells(section: str, item: Item) -> list[str]:
    if section == "sources":
        return [references(item).strip(), safe(item.text), *(safe(detail.text) for detail in item.details)]
    last = len(item.details) - 1
    details = [
        safe(detail.text) + (references(detail) if place == last else "") for place, detail in enumerate(item.details)
    ]
    return [safe(item.text), *details]


def _plan(document: Document, section: Section) -> list[str]:
    phases = Section(section.key, section.title, tuple(item for item in section.standing if item.details))
    rest = [item for item in section.standing if not item.details]
    return [
        *_table(document, phases, ("phase", "dates", "effort", "result")),
        "",
        *(line for item in rest for line in _plain(item, "- ")),
    ]


def _plain(item: Item, mark: str = "") -> list[str]:
    if item.kind == "quote":
        return [f"> {safe(item.text)}{references(item)}", ""]
    return [f"{mark}{safe(item.text)}{references(item)}", *([] if mark else [""])]


def body(document: Document, section: Section) -> list[str]:
    if section.key == "plan":
        return _plan(document, section)
    if section.key in TABLES:
        return _table(document, section, TABLES[section.key])
    if section.key in REGISTERS:
        return _register(document, section)
    if section.key in HEADED:
        return [line for item in section.items for line in _headed(item)]
    if section.key in LISTED:
        return [line for item in section.items for line in _listed(item)]
    return [line for item in section.standing for line in _plain(item, "" if section.key in PARAGRAPHS else "- ")]


def front_matter(document: Document) -> list[str]:
    return [
        "---",
        f'title: "{document.title.replace(chr(34), chr(39))}"',
        f"version: {document.version}",
        f"status: {document.status}",
        f"language: {document.language}",
        f"created: {document.created}",
        f"generator: {document.generator}",
        f"prompt_version: {document.prompt_version}",
        "---",
    ]


def render(document: Document) -> str:
    lines = [*front_matter(document), "", f"# {safe(document.title)}", ""]
    for section in document.sections:
        lines += [f"## {section.title}", f"<!-- sec:{section.key} -->", "", *body(document, section), ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"
