"""The reasons of a ranking as texts in the visitor's language, and all its inputs for staff."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from chat.shapes import Reason
from chat.taxonomy.index import Index
from experts.matching.candidates import Need
from experts.matching.demand import Demand
from experts.matching.profiles import Skill
from experts.matching.ranking import MOST, Pair, Ranked, Ranking

FALLBACK = "en"
KNOWN, NEAR = 0.99, 0.0


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))


class Speaker:
    """Words reasons in one language; a language without phrases is answered in English."""

    def __init__(self, language: str, taxonomy: Index) -> None:
        self.language = language if language in _phrases() and language != "languages" else FALLBACK
        self.phrases: Mapping[str, str] = _phrases()[self.language]
        self.catalogue = taxonomy.catalogue

    def topic(self, key: str) -> str:
        return self.catalogue.topics[key].labels[self.language]

    def industry(self, keys: frozenset[str]) -> str:
        known = (self.catalogue.industries[k].labels[self.language] for k in sorted(keys))
        return ", ".join(known)

    def tongue(self, code: str) -> str:
        names: Mapping[str, str] = _phrases()["languages"][self.language]
        return names.get(code, code)

    def say(self, key: str, **values: object) -> str:
        return self.phrases[key].format(**values)


def reasons(ranked: Ranked, ranking: Ranking, need: Need, taxonomy: Index) -> list[Reason]:
    """One reason per component of the score, in the order of their weights in prd terms."""
    speaker = Speaker(need.language, taxonomy)
    texts = {
        "capability": _capability(ranked, ranking.demand, speaker),
        "text": speaker.say("text" if ranked.points["text"] >= MOST["text"] / 4 else "no_text"),
        "industry": _industry(ranked, ranking.demand, speaker),
        "language": _language(ranked, need, speaker),
        "first_slot": _first_slot(ranked, speaker),
        "capacity": _capacity(ranked, speaker),
    }
    return [Reason(component=c, points=ranked.points[c], most=MOST[c], text=texts[c]) for c in MOST]


def pair_text(pair: Pair, language: str, taxonomy: Index) -> str:
    speaker = Speaker(language, taxonomy)
    first, second = (speaker.topic(t) for t in pair.topics)
    return speaker.say("pair", first=first, second=second)


def _capability(ranked: Ranked, demand: Demand, speaker: Speaker) -> str:
    if demand.assumed:
        return speaker.say("assumed")
    if not ranked.skills:
        return speaker.say("no_capability")
    topic, skill = max(ranked.skills.items(), key=lambda pair: _worth(pair, demand))
    return speaker.say(
        skill.source,
        topic=speaker.topic(topic),
        via=speaker.topic(skill.via) if skill.via else "",
        quote=_quote(topic, demand, speaker),
    )


def _worth(pair: tuple[str, Skill], demand: Demand) -> float:
    topic, skill = pair
    return demand.topics[topic] ** 2 * skill.level


def _quote(topic: str, demand: Demand, speaker: Speaker) -> str:
    evidence = demand.evidence.get(topic)
    return speaker.say("quote", words=evidence.words, message=evidence.message) if evidence else ""


def _industry(ranked: Ranked, demand: Demand, speaker: Speaker) -> str:
    if ranked.domain_factor < 1:
        percent = round(100 * ranked.domain_factor)
        return speaker.say("industry_missing", industry=speaker.industry(demand.required), percent=percent)
    wanted = demand.industries | demand.required
    if not wanted:
        return speaker.say("industry_unsaid")
    kind = "industry_known" if ranked.industry_match >= KNOWN else "industry_other"
    kind = "industry_near" if NEAR < ranked.industry_match < KNOWN else kind
    return speaker.say(kind, industry=speaker.industry(wanted))


def _language(ranked: Ranked, need: Need, speaker: Speaker) -> str:
    spoken = need.language in ranked.candidate.languages
    text = speaker.say("speaks" if spoken else "speaks_not", language=speaker.tongue(need.language))
    hours = ranked.shared_hours
    return text if hours is None else text + speaker.say("hours", hours=f"{hours:g}")


def _first_slot(ranked: Ranked, speaker: Speaker) -> str:
    share = ranked.slot_share
    return speaker.say("slot_soon" if share == 1 else "slot_later" if share > 0 else "slot_none")


def _capacity(ranked: Ranked, speaker: Speaker) -> str:
    candidate = ranked.candidate
    return speaker.say("capacity", free=candidate.capacity - candidate.load, capacity=candidate.capacity)


def inputs(ranking: Ranking) -> dict[str, Any]:
    """All that the ranking rests on, as plain JSON data for staff and the audit trail."""
    demand = ranking.demand
    return {
        "topics": {topic: round(weight, 3) for topic, weight in demand.topics.items()},
        "assumed": demand.assumed,
        "negated": sorted(demand.negated),
        "evidence": {t: {"message": e.message, "words": e.words} for t, e in demand.evidence.items()},
        "industries": sorted(demand.industries),
        "required": sorted(demand.required),
        "experts": [_row(ranked) for ranked in ranking.experts],
        "pairs": [{"experts": [p.first, p.second], "topics": list(p.topics)} for p in ranking.pairs],
        "unlisted": list(ranking.unlisted),
    }


def _row(ranked: Ranked) -> dict[str, Any]:
    candidate = ranked.candidate
    return {
        "id": candidate.id,
        "score": ranked.score,
        "points": dict(ranked.points),
        "skills": {t: {"level": round(s.level, 2), "source": s.source, "via": s.via} for t, s in ranked.skills.items()},
        "load": candidate.load,
        "capacity": candidate.capacity,
        "first_slot": candidate.first_slot.isoformat() if candidate.first_slot else None,
        "recent_first_places": candidate.recent_first_places,
        "domain_factor": ranked.domain_factor,
    }
