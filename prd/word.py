"""A document's Markdown as a Word file, token by token. ``docx`` is handed in, so that nothing here needs it."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
ANCHOR = re.compile(r"<!-- sec:\w+ -->\n?")
STYLES = {"blockquote": "Quote", "bullet": "List Bullet", "nested": "List Bullet 2"}


def _runs(inline: Token) -> Iterator[tuple[str, str]]:
    """(text, mark) of an inline token; mark is strong, s or nothing."""
    mark = ""
    for child in inline.children or ():
        if child.type in ("strong_open", "s_open"):
            mark = child.type.removesuffix("_open")
        elif child.type in ("strong_close", "s_close"):
            mark = ""
        elif child.content:
            yield child.content, mark


def _fill(paragraph: Any, inline: Token, *, rtl: bool) -> None:
    for text, mark in _runs(inline):
        run = paragraph.add_run(text)
        run.bold, run.font.strike, run.font.rtl = mark == "strong", mark == "s", rtl
    if rtl:
        paragraph.paragraph_format.alignment = 2


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """The cells of a table, row by row."""
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token)
    return rows


def _table(file: Any, tokens: Sequence[Token], *, rtl: bool) -> None:
    rows = _rows(tokens)
    table = file.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, inline in zip(row.cells, cells, strict=True):
            _fill(cell.paragraphs[0], inline, rtl=rtl)
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _style(open_tokens: Sequence[str]) -> str | None:
    if "blockquote" in open_tokens:
        return STYLES["blockquote"]
    depth = open_tokens.count("bullet_list")
    return None if depth == 0 else STYLES["bullet" if depth == 1 else "nested"]


def write(docx: Any, markdown: str, *, rtl: bool = False) -> Any:
    """The Word file as ``docx`` makes it; not saved yet."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(ANCHOR.sub("", FRONT.sub("", markdown)))
    file, nest = docx.Document(), list[str]()
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "table_open":
            end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
            _table(file, tokens[at:end], rtl=rtl)
            at = end
        elif token.type == "inline":
            opening = tokens[at - 1]
            heading = opening.type == "heading_open"
            paragraph = (
                file.add_heading(level=int(opening.tag[1])) if heading else file.add_paragraph(style=_style(nest))
            )
            _fill(paragraph, token, rtl=rtl)
        elif token.nesting:
            name = token.type.rsplit("_", 1)[0]
            nest.append(name) if token.nesting > 0 else nest.pop()
        at += 1
    return file
