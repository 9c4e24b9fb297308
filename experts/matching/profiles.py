"""What an expert can do, by topic, as their profile says it: role counts 3, specialty 2, a mention 1."""

from collections.abc import Mapping
from dataclasses import dataclass

from chat.taxonomy.find import Hit, find
from chat.taxonomy.index import Index
from experts.matching.candidates import Profile
from experts.matching.memory import remembered

ROLE, SPECIALTY, MENTION = 3.0, 2.0, 1.0
FULL = ROLE + SPECIALTY + MENTION
HINTED = 0.2
RELATED = 0.9


@dataclass(frozen=True, slots=True)
class Skill:
    """``level`` 0-1; ``source`` is where the profile says it; ``via`` is the neighbouring topic it comes from."""

    level: float
    source: str
    via: str = ""


def _sureness(hit: Hit) -> float:
    return {"alias": 1.0, "product": 1.0}.get(hit.kind, HINTED * hit.weight * 2 if hit.kind == "hint" else 0.0)


def _topics(text: str, index: Index) -> dict[str, float]:
    sure: dict[str, float] = {}
    for hit in find(text, "en", index).hits:
        sure[hit.topic] = max(sure.get(hit.topic, 0.0), _sureness(hit))
    return {topic: share for topic, share in sure.items() if share > 0}


def _own(profile: Profile, index: Index) -> Mapping[str, Skill]:
    parts = (
        ("role", ROLE, _topics(profile.role, index)),
        ("specialty", SPECIALTY, _topics(". ".join(profile.specialties), index)),
        ("mention", MENTION, _topics(profile.bio, index)),
    )
    skills: dict[str, Skill] = {}
    for topic in {t for _, _, found in parts for t in found}:
        total = sum(weight * found.get(topic, 0.0) for _, weight, found in parts)
        source = next(name for name, _, found in parts if topic in found)
        skills[topic] = Skill(min(1.0, total / FULL), source)
    return skills


@remembered
def skills(profile: Profile, index: Index) -> Mapping[str, Skill]:
    """Own skills and, where higher, what a neighbouring one is worth."""
    own = _own(profile, index)
    found = dict(own)
    for other, skill in own.items():
        for topic, nearness in index.helped_by.get(other, ()):
            level = skill.level * nearness * RELATED
            if topic not in found or level > found[topic].level:
                found[topic] = Skill(level, "related", other)
    return found
