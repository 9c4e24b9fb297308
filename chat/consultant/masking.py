"""Code, markup and quoted text in a message are shown as they came but never read for facts."""

import re

BLANK = "\x00"

_FOREIGN = re.compile(
    r"```.*?(?:```|\Z)"
    r"|`[^`\n]{1,400}`"
    r"|<!--.*?(?:-->|\Z)"
    r"|<(script|style|svg|iframe)\b.*?(?:</\1\s*>|\Z)"
    r"|<([a-zA-Z]\w{0,15})(?:\s[^<>]{0,200})?>[^<>]{0,400}</\2\s*>"
    r"|</?[a-zA-Z!][^<>]{0,400}>"
    r"|<[%?].*?[%?]>|\{\{.*?\}\}|\$\{.*?\}|\{%.*?%\}"
    r"|\{\s*[\"'].{0,2000}\}|\{\s*[\"'][^}]{0,800}\Z"
    r"|\[\s*\{.{0,800}?\}\s*\]"
    r"|^\s*>[^\n]*"
    r"|(?:^|(?<=[\s.!?]))(?:SYSTEM|ASSISTANT|DEVELOPER|USER|INST|system|assistant|developer)\s*(?:PROMPT|prompt|message)?\s*:.*$"
    r"|\[/?(?:INST|SYSTEM|system)\][^\n]*"
    r"|<\|.*?\|>"
    r"|^#{2,}\s*(?:system|instruction|prompt)[^\n]*"
    r"|\b[A-Za-z0-9]{1,40}_\w{1,60}\s*[=:]\s*[^\s,;.]+"
    r"|\b(?:SELECT\b.{1,200}\bFROM|DROP\s+TABLE|INSERT\s+INTO|UNION\s+SELECT)\b[^\n]*"
    r"|javascript:\S+|\bon\w+\s*=\s*[\"'][^\"']*[\"']",
    re.DOTALL | re.MULTILINE,
)
_QUOTED = re.compile(r"[\"“„«「『](?P<inside>[^\"“”„«»「」『』\n]{1,600})[\"“”»」』]")
_LONGEST_NAME = 40


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def _blank_quote(match: re.Match[str]) -> str:
    """A short quotation may be a name ("Blue Harbor", "MIRAI-7"); a longer one is somebody else's speech."""
    inside = match["inside"]
    model = re.fullmatch(r"[^\W\d_]+(?:[-/ ]?\d{1,4})", inside)
    if len(inside) <= _LONGEST_NAME and len(inside.split()) <= 3 and (model or not re.search(r"[\d:=!?]", inside)):
        return " " + inside + " "
    return BLANK * len(match[0])


def mask(text: str) -> str:
    """``text`` with what must not be read replaced by NULs, length unchanged."""
    return _QUOTED.sub(_blank_quote, _FOREIGN.sub(_blank, text.replace(BLANK, " ")))
