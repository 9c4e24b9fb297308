"""Goals: the visitor's measures of success with baseline, target, date and count; else the pattern's proposal."""

import re
from dataclasses import dataclass

from chat.consultant.ledger import Entry
from prd.document import Detail, Item
from prd.draft import Draft, ref
from prd.evidence import CONTACT, numbers, words
from prd.ground import aim_key
from prd.needs import Need

MOST_GOALS = 5
NEAR = 2
SHORT = 7
NUMBER = r"[€$£¥]?\s?\d[\d.,]*(?:\s?[kK]\b)?"


@dataclass(frozen=True, slots=True)
class Measure:
    """The two values of a stated measure, as said; empty when not."""

    baseline: str
    target: str


def _value(draft: Draft) -> str:
    """A number with its unit, not part of a longer word."""
    return f"{NUMBER}{draft.voice.words['unit']}(?![A-Za-z])"


def measure(draft: Draft, text: str) -> Measure:
    words = draft.voice.words
    value = _value(draft)
    both = re.search(words["from_to"].replace("{n}", value), text, re.I)
    if both:
        return Measure(both["baseline"].strip(" ,."), both["target"].strip(" ,."))
    one = re.search(words["target"].replace("{n}", value), text, re.I)
    if one:
        return Measure("", one[0].strip(" ,."))
    single = re.search(value, text)
    if single and draft.ground.matches("today", text):
        return Measure(single[0].strip(" ,."), "")
    return Measure("", single[0].strip(" ,.") if single else "")


def fallback(draft: Draft) -> str:
    """What a measure is called when its own words are all too vague for a goal."""
    return str(draft.voice.frame["slots"]["success_criteria"])


def _by_when(draft: Draft, key: str) -> Detail:
    """The date as said; one that was left open, or said too vaguely for a goal, is asked for."""
    entry = draft.ground.entry("timeline")
    plain = draft.ground.words(entry, 8, plain=True) if entry else ""
    if entry is None or entry.value.get("kind") == "unknown" or not plain:
        question = draft.ask("timeline", until="no_timeline")
        return draft.detail("when", draft.say("goals.by_open", question=ref(question)), (), ("a.no_timeline.timeline",))
    text = draft.say("goals.by", quote=draft.quoted(entry, plain))
    return draft.detail("when", text, draft.ground.sources(entry), draft.edited(entry))


def _measured(draft: Draft, goal: str, text: str) -> Detail:
    assumed = draft.assume("metric", key=f"metric.{goal}", goal=ref(goal))
    systems = draft.ground.entries("tech_stack")
    place = "goals.place_open"
    slots = {}
    if systems:
        place, slots = "goals.place", {"system": draft.ground.words(systems[0], 4)}
    how = text or draft.say(
        "goals.measure_own", place=draft.voice.fill(draft.voice.frame["goals"][place.split(".")[1]], **slots)
    )
    return draft.detail("measured", how, (), (assumed,))


def _stated(draft: Draft, entry: Entry) -> Item:
    ground = draft.ground
    key = aim_key(entry)
    sources, edited = ground.sources(entry), draft.edited(entry)
    quoted = draft.quoted(entry, ground.words(entry, plain=True) or fallback(draft))
    found = measure(draft, ground.words(entry, 40))
    now = _present(draft, entry, found)
    return Item(
        key=key,
        title=quoted,
        text=_aim(draft, entry, quoted),
        sources=sources,
        assumes=edited,
        details=(
            _baseline(draft, key, quoted, now[0], sources=now[1] or sources, edited=edited),
            _target(draft, key, quoted, found.target, sources=sources, edited=edited),
            _by_when(draft, key),
            _measured(draft, key, ""),
        ),
    )


def _present(draft: Draft, entry: Entry, found: Measure) -> tuple[str, tuple[int, ...]]:
    """Today's value: in the measure itself, else in a clause that says what holds now, in the same unit."""
    unit = _unit(found.target)
    if found.baseline or not unit:
        return found.baseline, ()
    for clause in draft.ground.clauses:
        near = entry.message is not None and abs(clause.message - entry.message) <= NEAR
        if near and not clause.covers(entry.start, entry.end) and draft.ground.matches("today", clause.text):
            value = re.search(_value(draft), clause.text, re.I)
            if value and _unit(value[0]) == unit:
                return value[0].strip(" ,."), (clause.message,)
    return "", ()


def _unit(value: str) -> str:
    """What the number counts: the words or signs after its digits, a plural as its singular."""
    return re.sub(r"^.*\d\s*", "", value).strip(" .,").casefold().removesuffix("s")


def _aim(draft: Draft, entry: Entry, quoted: str) -> str:
    """The aim as said, with the ledger's fuller wording where the words alone do not name the measure."""
    value, text = str(entry.value), draft.ground.texts.get(entry.message or 0, "")
    fuller = (
        len(words(value)) > len(words(quoted)) - 1
        and value.casefold() not in quoted.casefold()
        and len(words(quoted)) < SHORT
    )
    if (
        fuller
        and numbers(value) <= numbers(text)
        and not draft.ground.vague.search(value)
        and not CONTACT.search(value)
    ):
        return draft.say("goals.text_value", quote=quoted, value=value)
    return draft.say("goals.text", quote=quoted)


def _baseline(
    draft: Draft, key: str, quoted: str, value: str, *, sources: tuple[int, ...] = (), edited: tuple[str, ...] = ()
) -> Detail:
    if value:
        return draft.detail("baseline", value, sources, edited)
    question = draft.ask(
        "baseline", key=f"baseline.{key}", until="no_baseline", sources=sources, quote=quoted, goal=ref(key)
    )
    return draft.detail(
        "baseline", draft.say("goals.baseline_open", question=ref(question)), (), (f"a.no_baseline.baseline.{key}",)
    )


def _target(
    draft: Draft, key: str, quoted: str, value: str, *, sources: tuple[int, ...] = (), edited: tuple[str, ...] = ()
) -> Detail:
    if value:
        return draft.detail("target", value, sources, edited)
    question = draft.ask("target", key=f"target.{key}", until="no_target", sources=sources, quote=quoted, goal=ref(key))
    return draft.detail(
        "target", draft.say("goals.target_open", question=ref(question)), (), (f"a.no_target.target.{key}",)
    )


def _proposed(draft: Draft, need: Need) -> Item:
    texts = draft.voice.topics[need.topic]
    key = f"g.{need.topic}"
    metric = draft.voice.fill(texts["goal"])
    criteria = draft.ask("success_criteria", who="decider")
    assumed = draft.assume("goal", key=f"goal.{need.topic}", metric=metric, question=ref(criteria), goal=ref(key))
    return Item(
        key=key,
        title=metric,
        text=draft.say("goals.text_pattern", metric=metric),
        assumes=(assumed,),
        details=(
            _baseline(draft, key, metric, ""),
            _target(draft, key, metric, ""),
            _by_when(draft, key),
            _measured(draft, key, draft.voice.fill(texts["measure"])),
        ),
    )


def write(draft: Draft) -> list[Item]:
    stated = draft.ground.aims[:MOST_GOALS]
    if stated:
        return [_stated(draft, entry) for entry in stated]
    return [_proposed(draft, need) for need in draft.needs[:2]]
