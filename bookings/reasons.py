"""Why an expert was proposed, one line for each component of the score. Pure."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.contract import Reason
from chat.taxonomy.index import Index
from experts.matching import Ranked
from experts.matching.ranking import MOST

_SOURCES = {"role": "their role", "specialty": "a specialty", "mention": "their profile", "related": "a related field"}


def _label(topic: str, index: Index, language: str) -> str:
    labels = index.catalogue.topics[topic].labels
    return labels.get(language) or labels["en"]


def _capability(ranked: Ranked, index: Index, language: str) -> str:
    known = sorted(ranked.skills.items(), key=lambda pair: -pair[1].level)[:3]
    if not known:
        return "Covers none of the topics you named; proposed for a first conversation."
    return "; ".join(f"{_label(topic, index, language)} ({_SOURCES[skill.source]})" for topic, skill in known)


def _industry(ranked: Ranked) -> str:
    if ranked.domain_factor < 1:
        return "Has not worked in the line of business you asked for."
    known = ", ".join(ranked.candidate.industries[:4])
    return f"Has worked in {known}." if known else "Works across lines of business."


def _language(ranked: Ranked) -> str:
    spoken = f"Speaks {', '.join(ranked.candidate.languages)}"
    hours = ranked.shared_hours
    return f"{spoken}." if hours is None else f"{spoken}; you share {hours:g} office hours a day."


def _first_slot(ranked: Ranked, zone: str) -> str:
    start: datetime | None = ranked.candidate.first_slot
    if start is None:
        return "No free time in the coming two weeks."
    local = start.astimezone(ZoneInfo(zone))
    return f"First free time: {local:%a} {local.day} {local:%B}, {local:%H:%M}."


def _capacity(ranked: Ranked) -> str:
    free = ranked.candidate.capacity - ranked.candidate.load
    return f"{free} of {ranked.candidate.capacity} places free."


def reasons(ranked: Ranked, index: Index, *, language: str, zone: str) -> list[Reason]:
    texts: Mapping[str, str] = {
        "capability": _capability(ranked, index, language),
        "text": "How closely the profile reads like your own words.",
        "industry": _industry(ranked),
        "language": _language(ranked),
        "first_slot": _first_slot(ranked, zone),
        "capacity": _capacity(ranked),
    }
    return [
        Reason(component=name, points=round(points, 1), most=MOST[name], text=texts[name])
        for name, points in ranked.points.items()
    ]
