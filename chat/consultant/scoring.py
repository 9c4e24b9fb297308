"""The lead score with its reasons, and the service that fits. Both follow from the facts alone; nothing sets them.

An unknown fact is not a zero: the score is what is earned of what is known, beside it stand the share that is known
(confidence) and the range the score can still end in. No personal attribute counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.language import FALLBACK, Language, load
from chat.consultant.ledger import Fact
from chat.consultant.reference import reference
from chat.consultant.thoughts import Thoughts

SERVICES = ("ai_strategy", "custom_development", "data_intelligence")
# Usual project sizes by service in EUR; currencies are compared by a rough yearly rate, good enough for a band.
_TYPICAL = {"ai_strategy": 20_000, "custom_development": 50_000, "data_intelligence": 35_000}
_MARGIN = 1.0
_CUES = {"ai_strategy": "intent_ai", "custom_development": "intent_custom", "data_intelligence": "intent_data"}


@dataclass(frozen=True)
class Component:
    """``points`` of ``most``; ``known`` False when nothing was said. ``message`` is the number the points rest on."""

    key: str
    points: float
    most: int
    reason: str
    message: int | None = None
    known: bool = True


@dataclass(frozen=True)
class Score:
    """``points`` 0-100 on what is known, ``confidence`` 0-1, and the range [low, high] that is still possible."""

    points: int
    confidence: float
    low: int
    high: int
    components: tuple[Component, ...]


def _missing(key: str, most: int, reason: str) -> Component:
    return Component(key, 0, most, reason, known=False)


def _need(facts: Mapping[str, Fact]) -> Component:
    fact = facts.get("challenges")
    if fact is None or not fact.known:
        return _missing("need", 25, "No challenge named yet.")
    measured = [e for e in fact.entries if re.search(r"\d", str(e.value))]
    detailed = sum(len(str(e.value)) for e in fact.entries) >= 60
    points = 12 + (8 if measured else 0) + (5 if detailed else 0)
    return Component(
        "need",
        points,
        25,
        "Challenge named" + (" with figures." if measured else "; not quantified."),
        (measured or fact.entries)[-1].message,
    )


def in_euro(budget: Mapping[str, Any]) -> float | None:
    ends = [float(budget[end]) for end in ("min", "max") if budget.get(end) is not None]
    return sum(ends) / len(ends) * float(reference()["in_euro"].get(str(budget.get("currency")), 1.0)) if ends else None


def _budget(facts: Mapping[str, Fact], service: str | None) -> Component:
    fact = facts.get("budget")
    if fact is None or not fact.known:
        declined = fact is not None and fact.status == "declined"
        return _missing("budget", 20, "Not shared; that is not a low budget." if declined else "Not known yet.")
    euro, typical = in_euro(fact.value), _TYPICAL.get(service or "", 35_000)
    if euro is None:
        return Component("budget", 12, 20, "Flexible.", fact.latest.message)
    share = euro / typical
    points = 20 if share >= 1 else 15 if share >= 0.5 else 8 if share >= 0.2 else 3
    return Component(
        "budget", points, 20, f"{round(share * 100)} % of a usual project of this kind.", fact.latest.message
    )


def _authority(facts: Mapping[str, Fact]) -> Component:
    fact = facts.get("decision_maker")
    if fact is None or not fact.known:
        return _missing("authority", 15, "Who decides is not known yet.")
    own, named = fact.value["self"], fact.value["name"]
    points = 15 if own else 9 if named else 5
    reason = "Decides." if own else f"Does not decide; {named} does." if named else "Does not decide."
    return Component("authority", points, 15, reason, fact.latest.message)


def _timeline(facts: Mapping[str, Fact], today: date | None) -> Component:
    fact = facts.get("timeline")
    if fact is None or not fact.known:
        return _missing("timeline", 15, "Not known yet.")
    kind, day = fact.value["kind"], fact.value.get("date")
    points, reason = {"asap": (15, "As soon as possible."), "flexible": (6, "Flexible.")}.get(kind, (4, "Open."))
    if kind == "date" and day:
        days = (date.fromisoformat(day) - (today or date.fromisoformat(day))).days
        points, reason = (15 if days <= 190 else 11 if days <= 370 else 6), f"Wanted by {day}."
    return Component("timeline", points, 15, reason, fact.latest.message)


def _metrics(facts: Mapping[str, Fact]) -> Component:
    fact = facts.get("success_criteria")
    if fact is None or not fact.known:
        return _missing("metrics", 10, "No success criterion yet.")
    measured = any(re.search(r"\d", str(e.value)) for e in fact.entries)
    return Component(
        "metrics",
        10 if measured else 6,
        10,
        "Measurable success." if measured else "Success described.",
        fact.latest.message,
    )


def _fit(facts: Mapping[str, Fact], service: str | None) -> Component:
    industry = facts.get("industry")
    if service is None and industry is None:
        return _missing("fit", 10, "Too little said to judge the fit.")
    message = industry.latest.message if industry else None
    points = (7 if service else 3) + (3 if industry and industry.known else 0)
    return Component(
        "fit", points, 10, f"Fits {service.replace('_', ' ')}." if service else "No service stands out yet.", message
    )


def _engagement(facts: Mapping[str, Fact]) -> Component:
    known = sum(fact.known for fact in facts.values())
    email = facts.get("email")
    points = min(5, known // 3 + (1 if email and email.known else 0))
    return Component("engagement", points, 5, f"{known} facts shared.")


def score(facts: Mapping[str, Fact], *, service: str | None, today: date | None = None) -> Score:
    """Same facts, same score."""
    parts = (
        _need(facts),
        _budget(facts, service),
        _authority(facts),
        _timeline(facts, today),
        _metrics(facts),
        _fit(facts, service),
        _engagement(facts),
    )
    known = sum(p.most for p in parts if p.known)
    earned = sum(p.points for p in parts if p.known)
    open_points = 100 - known
    points = round(100 * earned / known) if known else 0
    return Score(points, round(known / 100, 2), round(earned), round(earned + open_points), parts)


def _evidence(facts: Mapping[str, Fact]) -> str:
    slots = ("challenges", "success_criteria", "constraints")
    said = [str(value) for slot in slots if (fact := facts.get(slot)) and fact.known for value in fact.value]
    return " ".join(said)


def service_weights(facts: Mapping[str, Fact], language: Language) -> dict[str, float]:
    """How much the visitor's words speak for each service: distinct cue words, in the language and in English."""
    text = canon(_evidence(facts))
    readers = {language.code: language, FALLBACK: load(FALLBACK)}.values()
    weights = {
        service: float(len({m[0].lower() for reader in readers for m in reader.cue(cue).finditer(text)}))
        for service, cue in _CUES.items()
    }
    intent = facts.get("intent")
    if intent and intent.value in weights:
        weights[intent.value] += 1.5
    return weights


def recommend(
    facts: Mapping[str, Fact], language: Language, thoughts: Thoughts | None = None
) -> tuple[str | None, tuple[str, str] | None]:
    """The service that fits, and, when two are within the margin, the pair to ask about.

    Where no word speaks for a service, the topics that ``thoughts`` finds do.
    """
    weights = service_weights(facts, language)
    first, second = sorted(SERVICES, key=lambda service: -weights[service])[:2]
    if weights[first] == 0:
        told = "challenges" in facts and facts["challenges"].known
        return (_by_topic(facts, language, thoughts) or "custom_development") if told else None, None
    close = weights[first] - weights[second] < _MARGIN
    return first, (first, second) if close else None


def _by_topic(facts: Mapping[str, Fact], language: Language, thoughts: Thoughts | None) -> str | None:
    service = thoughts.service(_evidence(facts), language.code) if thoughts else None
    return service.lower().replace(" ", "_") if service else None
