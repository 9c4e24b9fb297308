"""Experts ranked for a need, 0-100, with the points of every component; the same input gives the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop
from itertools import combinations

from chat.taxonomy.index import Index
from experts.matching import circumstances, demand, profiles, wording
from experts.matching.candidates import Candidate, Need, Profile
from experts.matching.demand import Demand
from experts.matching.profiles import Skill

MOST: Mapping[str, float] = {
    "capability": 50,
    "text": 15,
    "industry": 10,
    "language": 8,
    "first_slot": 5,
    "capacity": 12,
}
AROUND = sum(points for name, points in MOST.items() if name not in ("capability", "text"))
TOPIC_TERM_WEIGHT = 0.5
MASTERED = 0.6
CO_EQUAL = 0.4
SAME_FIELD = 0.6
TURNED_DOWN = 0.5
STEP = 0.5
WORDS_ALONE = 0.5


@dataclass(frozen=True, slots=True)
class Ranked:
    """One expert: ``points`` by component, ``skills`` for the wanted topics, ``fit`` relative to the best (0-1)."""

    candidate: Candidate
    score: float
    points: Mapping[str, float]
    skills: Mapping[str, Skill]
    fit: float
    domain_factor: float
    industry_match: float
    slot_share: float
    shared_hours: float | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two experts for two topics that no single one masters."""

    first: str
    second: str
    topics: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order and all it rests on, so that staff can see why."""

    demand: Demand
    experts: tuple[Ranked, ...]
    pairs: tuple[Pair, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Candidates' profiles compiled for ranking; places are list positions. Loads and slots are not kept here."""

    skills: tuple[Mapping[str, Skill], ...]
    by_topic: Mapping[str, tuple[tuple[int, float], ...]]
    wording: wording.Wording
    index: Index


def prepare(candidates: Sequence[Candidate], index: Index) -> Roster:
    """Compile profiles once for many rankings; a roster fits any list with the same profiles in the same order."""
    return _compiled(tuple(Profile(c.role, c.specialties, c.bio) for c in candidates), index)


@lru_cache(maxsize=8)
def _compiled(team: tuple[Profile, ...], index: Index) -> Roster:
    skills = tuple(profiles.skills(profile, index) for profile in team)
    by_topic: dict[str, list[tuple[int, float]]] = {}
    for place, known in enumerate(skills):
        for topic, skill in known.items():
            by_topic.setdefault(topic, []).append((place, skill.level))
    frozen = {topic: tuple(found) for topic, found in by_topic.items()}
    return Roster(skills, frozen, wording.over(team, index), index)


def rank(
    need: Need, candidates: Sequence[Candidate], taxonomy: Index, limit: int | None = 3, roster: Roster | None = None
) -> Ranking:
    """The ``limit`` best experts (all when None). Inactive and full ones are never listed."""
    roster = roster or prepare(candidates, taxonomy)
    wanted = demand.read(need, taxonomy)
    scene = _Scene(need, wanted, candidates, roster)
    listed = [place for place, c in enumerate(candidates) if c.listed]
    ranked = scene.best(listed, len(listed) if limit is None else limit)
    return Ranking(
        demand=wanted,
        experts=tuple(ranked),
        pairs=_pairs(wanted, scene, frozenset(listed)),
        unlisted=tuple(candidates[place].id for place in sorted(set(range(len(candidates))) - set(listed))),
    )


class _Scene:
    """One need before one roster."""

    def __init__(self, need: Need, wanted: Demand, candidates: Sequence[Candidate], roster: Roster) -> None:
        self.need, self.demand, self.candidates, self.roster = need, wanted, candidates, roster
        self.total = sum(w * w for w in wanted.topics.values()) or 1.0
        self.capability = self._capability()
        self.text = roster.wording.scores(self._terms())
        self.most_text = max(self.text.values(), default=0.0) or 1.0

    def _capability(self) -> dict[int, float]:
        """Coverage of the wanted topics by place; a strong topic counts by the square of its weight."""
        found: dict[int, float] = {}
        for topic, weight in self.demand.topics.items():
            for place, level in self.roster.by_topic.get(topic, ()):
                found[place] = found.get(place, 0.0) + weight * weight * level / self.total
        for topic in self.demand.negated:
            for place, level in self.roster.by_topic.get(topic, ()):
                if place in found and level >= MASTERED and not self._wanted_skill(place):
                    found[place] *= TURNED_DOWN
        return found

    def _wanted_skill(self, place: int) -> bool:
        known = self.roster.skills[place]
        return any(t in known and known[t].source != "related" for t in self.demand.topics)

    def _terms(self) -> list[tuple[str, float]]:
        """The visitor's words and, for any language, the English names of the topics found."""
        index, terms = self.roster.index, {}
        for topic, weight in self.demand.topics.items():
            label = index.catalogue.topics[topic].labels["en"]
            terms.update(dict.fromkeys(wording.content(label, index), TOPIC_TERM_WEIGHT * weight))
        if self.need.language == "en":
            for _, text in self.need.texts:
                terms.update(dict.fromkeys(wording.content(text, index), 1.0))
        return list(terms.items())

    def _text(self, place: int, fit: float) -> float:
        """Shared words count fully only beside a fitting capability: alone they are too often chance."""
        return self.text.get(place, 0.0) / self.most_text * (WORDS_ALONE + (1 - WORDS_ALONE) * fit)

    def _reach(self, place: int, most: float) -> tuple[float, int, float]:
        """The points a place could get at most, negated; the place; and its fit, which scales what surrounds it."""
        capability = self.capability.get(place, 0.0)
        fit = capability / most
        text = self._text(place, fit)
        return (-(MOST["capability"] * capability + MOST["text"] * text + AROUND * fit), place, fit)

    def best(self, listed: Sequence[int], limit: int) -> list[Ranked]:
        """The best, exactly: places are tried by what they could reach at most, until no other can overtake."""
        most = max((self.capability.get(place, 0.0) for place in listed), default=0.0) or 1.0
        reach = [self._reach(place, most) for place in listed]
        heapify(reach)
        ranked: list[Ranked] = []
        worst = 0.0
        while reach:
            bound, place, fit = heappop(reach)
            if len(ranked) >= limit and -bound < worst - STEP:
                break
            ranked.append(self._ranked(place, fit))
            if len(ranked) >= limit:
                worst = sorted((r.score for r in ranked), reverse=True)[limit - 1] if limit else 0.0
        return sorted(ranked, key=_order)[:limit]

    def _ranked(self, place: int, fit: float) -> Ranked:
        candidate, index = self.candidates[place], self.roster.index
        factor = circumstances.domain_factor(candidate, self.demand, index)
        industry = circumstances.industry(candidate, self.demand, index)
        slot = circumstances.first_slot(candidate, self.need)
        shares = {
            "capability": self.capability.get(place, 0.0) * factor,
            "text": self._text(place, fit) * factor,
            "industry": industry * fit,
            "language": circumstances.language(candidate, self.need) * fit,
            "first_slot": slot * fit,
            "capacity": circumstances.capacity(candidate) * fit,
        }
        points = {name: round(MOST[name] * share, 1) for name, share in shares.items()}
        known = self.roster.skills[place]
        return Ranked(
            candidate=candidate,
            score=round(sum(points.values()), 1),
            points=points,
            skills={topic: known[topic] for topic in self.demand.topics if topic in known},
            fit=round(fit, 3),
            domain_factor=factor,
            industry_match=industry,
            slot_share=slot,
            shared_hours=circumstances.shared_hours(candidate, self.need),
        )


def _order(ranked: Ranked) -> tuple[float, int, str]:
    """Within half a point experts are equal: the one with fewer recent first places goes first."""
    return (-round(ranked.score / STEP), ranked.candidate.recent_first_places, ranked.candidate.id)


def _pairs(wanted: Demand, scene: _Scene, listed: frozenset[int]) -> tuple[Pair, ...]:
    """A pair for the first two equally wanted topics of different fields that nobody masters together."""
    strong = [] if wanted.assumed else [t for t, weight in wanted.topics.items() if weight >= CO_EQUAL]
    for one, other in combinations(strong, 2):
        nearness = scene.roster.index.catalogue.topics[one].neighbours.get(other, 0.0)
        pair = None if nearness >= SAME_FIELD else _pair(one, other, scene, listed)
        if pair:
            return (pair,)
    return ()


def _pair(one: str, other: str, scene: _Scene, listed: frozenset[int]) -> Pair | None:
    able = [
        {place: level for place, level in scene.roster.by_topic.get(topic, ()) if level >= MASTERED}
        for topic in (one, other)
    ]
    present = [found.keys() & listed for found in able]
    if not present[0] or not present[1] or present[0] & present[1]:
        return None
    chosen = [
        min(places, key=lambda p: (-round(levels[p], 1), *_load_first(scene.candidates[p])))
        for places, levels in zip(present, able, strict=True)
    ]
    return Pair(scene.candidates[chosen[0]].id, scene.candidates[chosen[1]].id, (one, other))


def _load_first(candidate: Candidate) -> tuple[float, int, str]:
    return (candidate.load / candidate.capacity, candidate.recent_first_places, candidate.id)
