"""How every mail of ours looks: one branded page with inlined styles, and the same as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from chat.phrases import direction, say

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``opening`` is paragraphs, ``rows`` label and value, ``sections`` a title with its lines, ``buttons`` label and
    address. With an ``unsubscribe_url`` the foot says how to hear no more."""

    language: str
    subject: str
    opening: Sequence[str]
    signature: str
    rows: Sequence[Pair] = ()
    sections: Sequence[tuple[str, Sequence[str]]] = ()
    buttons: Sequence[Pair] = ()
    unsubscribe_url: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    text: str
    html: str


def date_of(local: datetime, language: str) -> str:
    with translation.override(language):
        return date_format(local, "l, j F Y" if language == "en" else "DATE_FORMAT")


def write(sheet: Sheet) -> Parts:
    context = {
        "language": sheet.language,
        "direction": direction(sheet.language),
        "subject": sheet.subject,
        "opening": [line for line in sheet.opening if line],
        "rows": sheet.rows,
        "sections": sheet.sections,
        "buttons": sheet.buttons,
        "signature": sheet.signature,
        "unsubscribe": say(sheet.language, "unsubscribe"),
        "unsubscribe_url": sheet.unsubscribe_url,
    }
    text = render_to_string("chat/mail.txt", context).strip() + "\n"
    return Parts(text=text, html=render_to_string("chat/mail.html", context))
