"""Functional requirements: one EARS sentence each, with priority, goal, source and an acceptance case."""

from dataclasses import dataclass

from prd.document import Item
from prd.draft import Draft, ref
from prd.evidence import Clause, fragment, words
from prd.needs import Need
from prd.sections import scope

PRIORITIES = (("must", "must", "should"), ("must", "should", "could"))


@dataclass(frozen=True, slots=True)
class Case:
    """The acceptance case."""

    given: str
    when: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """``sources``: messages that the sentence itself quotes; ``cited``: those that say why, quoted in ``why``."""

    key: str
    title: str
    sentence: str
    priority: str
    case: Case
    why: str
    assumes: tuple[str, ...]
    goal: str
    sources: tuple[int, ...] = ()
    cited: tuple[int, ...] = ()


def _served(draft: Draft) -> dict[str, list[str]]:
    """Topic -> the goals it serves: each goal goes to the topic it shares most words with, else in turn."""
    served: dict[str, list[str]] = {need.topic: [] for need in draft.needs}
    for goal in draft.written["goals"]:
        best = max(draft.needs, key=lambda need: (_shared(draft, need, goal), -len(served[need.topic])))
        served[best.topic].append(goal.key)
    first = draft.written["goals"][0].key
    return {topic: keys or [first] for topic, keys in served.items()}


def _shared(draft: Draft, need: Need, goal: Item) -> int:
    own = " ".join(clause.text for clause, _ in need.mentions) + str(draft.voice.topics[need.topic]["goal"])
    return len((set(words(own)) & set(words(goal.text))) - set(draft.voice.words["stop"]))


def _item(draft: Draft, wanted: Requirement) -> Item:
    said = zip(("given", "cond", "then"), (wanted.case.given, wanted.case.when, wanted.case.then), strict=True)
    parts = [f"{draft.label(name)} {text}" for name, text in said]
    case = draft.voice.frame["comma"].join(parts).rstrip(".。") + draft.voice.frame["period"]
    return Item(
        key=wanted.key,
        title=wanted.title,
        text=wanted.sentence,
        sources=wanted.sources,
        assumes=wanted.assumes,
        details=(
            draft.detail("priority", draft.label(wanted.priority), (), wanted.assumes),
            draft.detail("goal", ref(wanted.goal), (), wanted.assumes),
            draft.detail("source", wanted.why, wanted.cited or wanted.sources, wanted.assumes),
            draft.detail("acceptance", case, (), wanted.assumes),
        ),
    )


def _of_topic(draft: Draft, need: Need, place: int, goals: list[str]) -> list[Requirement]:
    voice, texts = draft.voice, draft.voice.topics[need.topic]
    it = texts["it"][voice.pick(need.topic, len(texts["it"]))]
    found = []
    for n, (title, sentence, given, when, then) in enumerate(texts["fr"]):
        quoted, said = need.words(draft.ground, n, limit=11)
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
                cited=said if quoted else (),
                assumes=(scope.pattern_of(draft, need),),
                goal=goals[n % len(goals)],
            )
        )
    return found


def _of_systems(draft: Draft) -> list[Requirement]:
    found = []
    for entry in scope.systems(draft):
        system = draft.ground.words(entry, 6)
        kind = "import" if scope.loose(draft, entry) else "system"
        case = Case(
            *(
                draft.voice.fill(draft.voice.frame["fr"][f"{kind}_{part}"], system=system, limit="15")
                for part in ("given", "when", "then")
            )
        )
        found.append(
            Requirement(
                key=f"fr.system.{str(entry.value).casefold()}",
                title=draft.say(f"fr.{kind}_title", system=system),
                sentence=draft.say(f"fr.{kind}", system=system, limit="15"),
                priority="must",
                case=case,
                why=draft.say("fr.source_said", quote=draft.quoted(entry, system)),
                sources=draft.ground.sources(entry),
                assumes=(scope.interface(draft), *draft.edited(entry)),
                goal=draft.written["goals"][0].key,
            )
        )
    return found


def _of_wishes(draft: Draft) -> list[Requirement]:
    wishes = [c for c in draft.wishes if fragment(c.text, limit=26, avoid=draft.ground.vague)]
    return [_wish(draft, clause) for clause in wishes[: scope.MOST_WISHES]]


def _wish(draft: Draft, clause: Clause) -> Requirement:
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
        goal=draft.written["goals"][0].key,
    )


def _report(draft: Draft) -> Requirement:
    """One report on all goals, so that each can be seen to be met."""
    goals, frame = draft.written["goals"], draft.voice.frame["fr"]
    quoted = goals[0].title
    slots = {
        "goals": draft.voice.listed([ref(goal.key) for goal in goals]),
        "reader": draft.voice.fill(frame["reader"]),
    }
    stated = draft.ground.aims
    said = draft.ground.sources(stated[0]) if stated else ()
    slots["quote"] = quoted
    return Requirement(
        key="fr.report",
        title=draft.say("fr.measure_title"),
        sentence=draft.say("fr.measure", **slots),
        priority="must",
        case=Case(*(draft.voice.fill(frame[f"measure_{part}"], **slots) for part in ("given", "when", "then"))),
        why=draft.say("fr.source_said", quote=quoted) if said else draft.say("fr.source_topic"),
        sources=said,
        assumes=(draft.assume("reporting", goals=slots["goals"]),),
        goal=goals[0].key,
    )


def write(draft: Draft) -> list[Item]:
    served = _served(draft)
    by_topic = [r for place, need in enumerate(draft.needs) for r in _of_topic(draft, need, place, served[need.topic])]
    return [_item(draft, r) for r in (*by_topic, *_of_wishes(draft), *_of_systems(draft), _report(draft))]
