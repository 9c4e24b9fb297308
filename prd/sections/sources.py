"""Sources: each clause of the visitor, and where the document uses it; what is not used is listed as such."""

import re
from collections.abc import Iterable, Sequence

from prd.document import Item, Line, Section
from prd.draft import Draft
from prd.evidence import Clause, fragment, words

UNQUOTED = ("sources", "changelog", "assumptions")


def _quotations(draft: Draft, line: Line) -> list[str]:
    opening, closing = (re.escape(mark) for mark in draft.voice.frame["quotes"])
    return re.findall(f"{opening}(.*?){closing}", line.text, re.S)


def _rests_on(draft: Draft, item: Item, clause: Clause) -> bool:
    """By its quotation of the clause; an item that quotes nothing from the message, by a shared word."""
    lines = [line for line in item.lines if clause.message in line.sources]
    quoted = [words_said for line in lines for words_said in _quotations(draft, line)]
    if any(said in clause.text or clause.text in said for said in quoted):
        return True
    shared = {word for line in lines for word in words(line.text)} & set(words(clause.text)) - set(
        draft.voice.words["stop"]
    )
    return bool(shared) and not quoted


def _places(draft: Draft, sections: Iterable[Section], clause: Clause) -> list[str]:
    found: dict[str, None] = {}
    for section in sections:
        for item in section.standing if section.key not in UNQUOTED else ():
            if _rests_on(draft, item, clause):
                found[item.id or section.title] = None
    return list(found)


def write(draft: Draft, sections: Sequence[Section]) -> list[Item]:
    """Needs the numbered sections, so it is written after them."""
    items = []
    for clause in draft.ground.clauses:
        places = _places(draft, sections, clause)
        unused = draft.label("superseded" if draft.ground.superseded(clause) else "unused")
        used = draft.voice.frame["comma"].join(places) if places else unused
        items.append(
            Item(
                key=f"source.{clause.message}.{clause.start}",
                kind="quote",
                text=draft.quote(fragment(clause.text, limit=400)),
                sources=(clause.message,),
                details=(draft.detail("used", used),),
            )
        )
    return items
