"""Scope: what is built, and what is not; every no of the visitor is out of scope."""

import re

from chat.consultant.ledger import Entry
from prd.document import Item
from prd.draft import Draft
from prd.evidence import Clause
from prd.needs import Need, declined
from prd.wording import capital, table

MOST_WISHES = 3


def pattern_of(draft: Draft, need: Need) -> str:
    items = draft.voice.listed([f"⟦fr.{need.topic}.{n}⟧" for n in range(len(draft.voice.topics[need.topic]["fr"]))])
    return draft.assume("pattern", key=f"pattern.{need.topic}", items=items, label=need.label)


def _built(draft: Draft, need: Need, place: int) -> list[Item]:
    items = []
    for turn, template in enumerate(draft.voice.topics[need.topic]["scope"]):
        words, said = need.words(draft.ground, turn)
        scope = capital(draft.voice.fill(template))
        quoted = words and turn == 0
        text = (
            draft.say("in_scope.topic", scope=scope, quote=draft.quote(words))
            if quoted
            else draft.say("in_scope.topic_plain", scope=scope)
        )
        items.append(
            Item(
                key=f"in.{need.topic}.{turn}",
                text=text,
                sources=said if quoted else (),
                assumes=(pattern_of(draft, need),),
            )
        )
    return items


def inside(draft: Draft) -> list[Item]:
    ground = draft.ground
    items = [item for place, need in enumerate(draft.needs) for item in _built(draft, need, place)]
    for entry in systems(draft):
        text = draft.say("in_scope.import" if loose(draft, entry) else "in_scope.system", system=ground.words(entry, 6))
        items.append(
            Item(key=f"in.system.{entry.value}", text=text, sources=ground.sources(entry), assumes=(interface(draft),))
        )
    items += [draft.quoting("in.wish", "in_scope.wish", clause, limit=26) for clause in draft.wishes[:MOST_WISHES]]
    handover = Item(key="in.handover", text=draft.say("in_scope.handover"), assumes=(draft.assume("handover"),))
    return [*items, handover]


def loose(draft: Draft, entry: Entry) -> bool:
    """Whether the tool is a file rather than a system with an interface."""
    return any(re.fullmatch(form, draft.ground.words(entry, 6), re.I) for form in table("systems")["loose"])


def interface(draft: Draft) -> str:
    names = draft.voice.listed([draft.ground.words(entry, 6) for entry in systems(draft)])
    return draft.assume("interface", systems=names, limit="15")


def systems(draft: Draft) -> list[Entry]:
    """Systems named as in use: to be connected, or to take the data over from."""
    return draft.ground.entries("tech_stack")[:4]


def _refused(draft: Draft) -> list[Clause]:
    stated = [c for _, c in declined(draft.ground)]
    exclusions = [_exclusion(draft, n) for n in range(len(draft.ground.entries("exclusions")))]
    found = [c for c in (*draft.ground.refusals, *exclusions, *stated) if c is not None]
    return sorted(set(found), key=lambda c: (c.message, c.start))


def _exclusion(draft: Draft, place: int) -> Clause | None:
    entry = draft.ground.entries("exclusions")[place]
    return next(
        (c for c in draft.ground.clauses if c.message == entry.message and c.covers(entry.start, entry.end)), None
    )


def outside(draft: Draft) -> list[Item]:
    items = [draft.quoting("out.said", "out_of_scope.said", clause) for clause in _refused(draft)]
    for entry in draft.ground.entries("exclusions"):
        if draft.ground.edited(entry):
            text = draft.say("out_of_scope.said", quote=str(entry.value))
            items.append(Item(key=f"out.edit.{entry.value}", text=text, assumes=draft.edited(entry)))
    items += [draft.quoting("out.lack", "out_of_scope.lacking", c, limit=30) for c in draft.ground.lacks]
    boundary = draft.assume("boundary")
    for place, need in enumerate(draft.needs):
        for n, template in enumerate(draft.voice.topics[need.topic]["out"][: 2 if place == 0 else 1]):
            text = draft.say("out_of_scope.topic", out=capital(draft.voice.fill(template)))
            items.append(Item(key=f"out.{need.topic}.{n}", text=text, assumes=(boundary,)))
    return items
