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


def _rests_on(draft: Draft, line: Line, clause: Clause) -> bool:
    if clause.message not in line.sources:
        return False
    quoted = _quotations(draft, line)
    if any(q in clause.text or clause.text in q for q in quoted):
        return True
    shared = set(words(line.text)) & set(words(clause.text)) - set(draft.voice.words["stop"])
    return bool(shared) and not quoted


def _places(draft: Draft, sections: Iterable[Section], clause: Clause) -> list[str]:
    found: dict[str, None] = {}
    for section in sections:
        for item in section.standing if section.key not in UNQUOTED else ():
            if any(_rests_on(draft, line, clause) for line in item.lines):
                found[item.id or section.title] = None
    return list(found)


def write(draft: Draft, sections: Sequence[Section]) -> list[Item]:
    """Needs the numbered sections, so it is written after them."""
    items = []
    for clause in draft.ground.clauses:
        places = _places(draft, sections, clause)
        used = draft.voice.frame["comma"].join(places) if places else draft.label("unused")
        items.append(
            Item(
                key=f"source.{clause.message}.{clause.start}",
                kind="quote",
                text=draft.quote(fragment(clause.text, limit=400)),
                sources=(clause.message,),
                details=(draft.detail("used", used, (clause.message,)),),
            )
        )
    return items
