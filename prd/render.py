"""A document's Markdown as HTML that is safe on any page. Pure."""

import re

import nh3
from markdown_it import MarkdownIt

_ANCHOR = re.compile(r"<!-- sec:\w+ -->")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_REFERENCE = re.compile(r"\[m(\d+)\](?![(\[:])")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong", "table",
    "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def html(markdown: str, *, messages: str = "") -> str:
    """``messages`` is the address of the conversation; with it, references like [m3] lead to its messages."""
    text = _ANCHOR.sub("", _FRONT_MATTER.sub("", markdown))
    if messages:
        text = _REFERENCE.sub(rf"[\\[m\1\\]]({messages}#m\1)", text)
    schemes = {"http", "https", "mailto"}
    return nh3.clean(_markdown.render(text), tags=_TAGS, url_schemes=schemes, link_rel="noopener noreferrer")
