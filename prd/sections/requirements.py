"""Functional requirements: one EARS sentence each, with priority, goal, source and an acceptance case."""

from dataclasses import dataclass

from prd.document import Item
from prd.draft import Draft, ref
from prd.evidence import Clause, fragment, words
from prd.needs import Need
from prd.sections import scope

PRIORITIES = (("must", "must", "should"), ("must", "should", "could"))
MOST_MEASURES = 2


@dataclass(frozen=True, slots=True)
class Case:
    """Given, when, then."""

    given: str
    when: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    key: str
    title: str
    sentence: str
    priority: str
    case: Case
    why: str
    sources: tuple[int, ...]
    assumes: tuple[str, ...]
    goal: str


def _goal_for(draft: Draft, text: str, place: int) -> str:
    """The goal that shares most words with the need; else the goals in turn."""
    goals = draft.written["goals"]
    wanted = set(words(text)) - set(draft.voice.words["stop"])
    return max(
        enumerate(goals), key=lambda pair: (len(wanted & set(words(pair[1].text))), pair[0] == place % len(goals))
    )[1].key  # fmt: skip


def _item(draft: Draft, wanted: Requirement) -> Item:
    frame = draft.voice.frame["labels"]
    case = f"{frame['given']} {wanted.case.given}, {frame['cond']} {wanted.case.when}, {frame['then']} {wanted.case.then}{draft.voice.frame['period']}"
    return Item(
        key=wanted.key,
        title=wanted.title,
        text=wanted.sentence,
        sources=wanted.sources,
        assumes=wanted.assumes,
        details=(
            draft.detail("priority", draft.label(wanted.priority), (), wanted.assumes),
            draft.detail("goal", ref(wanted.goal), (), wanted.assumes),
            draft.detail("source", wanted.why, wanted.sources, wanted.assumes),
            draft.detail("acceptance", case, (), wanted.assumes),
        ),
    )


def _of_topic(draft: Draft, need: Need, place: int) -> list[Requirement]:
    voice, texts = draft.voice, draft.voice.topics[need.topic]
    it = texts["it"][voice.pick(need.topic, len(texts["it"]))]
    found = []
    for n, (title, sentence, given, when, then) in enumerate(texts["fr"]):
        quoted, said = need.words(draft.ground, n)
        filled = [voice.fill(part, it=it) for part in (sentence, given, when, then)]
        why = draft.say("fr.source_said", quote=draft.quote(quoted)) if quoted else draft.say("fr.source_topic")
        found.append(
            Requirement(
                key=f"fr.{need.topic}.{n}",
                title=voice.fill(title, it=it),
                sentence=filled[0][:1].upper() + filled[0][1:],
                priority=PRIORITIES[min(place, 1)][min(n, 2)],
                case=Case(*filled[1:]),
                why=why,
                sources=said if quoted else (),
                assumes=(scope.pattern_of(draft, need),),
                goal=_goal_for(draft, f"{quoted} {sentence}", n + place),
            )
        )
    return found


def _of_systems(draft: Draft) -> list[Requirement]:
    found = []
    for entry in scope.systems(draft):
        system = draft.ground.words(entry, 6)
        case = Case(*(draft.voice.fill(draft.voice.frame["fr"][f"system_{part}"], system=system, limit="15") for part in ("given", "when", "then")))
        found.append(
            Requirement(
                key=f"fr.system.{str(entry.value).casefold()}",
                title=draft.say("fr.system_title", system=system),
                sentence=draft.say("fr.system", system=system, limit="15"),
                priority="must",
                case=case,
                why=draft.say("fr.source_said", quote=draft.quote(system)),
                sources=draft.ground.sources(entry),
                assumes=(scope.interface(draft), *draft.edited(entry)),
                goal=_goal_for(draft, system, len(found)),
            )
        )
    return found


def _of_wishes(draft: Draft) -> list[Requirement]:
    wishes = [c for c in draft.ground.wishes if fragment(c.text, limit=26, avoid=draft.ground.vague)]
    return [_wish(draft, clause, place) for place, clause in enumerate(wishes[: scope.MOST_WISHES])]


def _wish(draft: Draft, clause: Clause, place: int) -> Requirement:
    key = f"fr.wish.{clause.message}.{clause.start}"
    quoted = fragment(clause.text, limit=26, avoid=draft.ground.vague)
    frame, user = draft.voice.frame["fr"], draft.industry.client
    case = Case(*(draft.voice.fill(frame[f"wish_{part}"], user=user) for part in ("given", "when", "then")))
    return Requirement(
        key=key,
        title=draft.say("fr.wish_title", short=draft.quote(fragment(quoted, limit=6))),
        sentence=draft.say("fr.wish", quote=draft.quote(quoted)),
        priority="should",
        case=case,
        why=draft.say("fr.source_said", quote=draft.quote(quoted)),
        sources=(clause.message,),
        assumes=(draft.assume("wish", key=f"wish.{key}", items=ref(key)),),
        goal=_goal_for(draft, quoted, place),
    )


def _of_goals(draft: Draft) -> list[Requirement]:
    return [_report(draft, goal) for goal in draft.written["goals"][:MOST_MEASURES]]


def _report(draft: Draft, goal: Item) -> Requirement:
    key, frame = f"fr.report.{goal.key}", draft.voice.frame["fr"]
    slots = {"goal": ref(goal.key), "quote": ref(goal.key), "reader": draft.voice.fill(frame["reader"])}
    return Requirement(
        key=key,
        title=draft.say("fr.measure_title", **slots),
        sentence=draft.say("fr.measure", **slots),
        priority="must",
        case=Case(*(draft.voice.fill(frame[f"measure_{part}"], **slots) for part in ("given", "when", "then"))),
        why=goal.text,
        sources=goal.sources,
        assumes=(draft.assume("reporting", key=f"reporting.{goal.key}", goal=ref(goal.key)),),
        goal=goal.key,
    )


def write(draft: Draft) -> list[Item]:
    by_topic = [r for place, need in enumerate(draft.needs) for r in _of_topic(draft, need, place)]
    return [_item(draft, r) for r in (*by_topic, *_of_wishes(draft), *_of_systems(draft), *_of_goals(draft))]
