"""A need read by the taxonomy: what is wanted, what is turned down, in which line of business."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from chat.taxonomy.find import Found, Hit, find
from chat.taxonomy.index import Index
from experts.matching.candidates import Need

FAINT = 0.25
STACK_WEIGHT = 0.2
UNSAID: Mapping[str, float] = {"product_strategy": 1.0, "digital_transformation": 1.0, "ai_strategy": 0.8}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The visitor's words for a topic, and the message that has them."""

    message: int
    words: str


@dataclass(frozen=True, slots=True)
class Demand:
    """``topics`` are weighted 0-1, strongest first; ``assumed`` when nothing was recognised: a first talk is meant."""

    topics: Mapping[str, float]
    negated: frozenset[str]
    evidence: Mapping[str, Evidence]
    industries: frozenset[str]
    required: frozenset[str]
    assumed: bool = False


def read(need: Need, index: Index) -> Demand:
    found = [(number, find(text, need.language, index)) for number, text in need.texts]
    strengths = _strengths([f for _, f in found], _stack(need, index))
    mentions = [m for _, f in found for m in f.industries]
    industries = _said_industries(need, index) or frozenset(m.industry for m in mentions)
    return Demand(
        topics=strengths or UNSAID,
        negated=frozenset().union(*(f.negated for _, f in found)),
        evidence=_evidence(found),
        industries=industries,
        required=frozenset(m.industry for m in mentions if m.required),
        assumed=not strengths,
    )


def _strengths(found: list[Found], stack: frozenset[str]) -> dict[str, float]:
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    out = frozenset().union(*(f.negated for f in found))
    for part in found:
        for topic, strength in part.strengths().items():
            doubt[topic] *= 1 - strength
    for topic in stack & doubt.keys():
        doubt[topic] *= 1 - STACK_WEIGHT
    strengths = {topic: 1 - d for topic, d in doubt.items() if topic not in out}
    most = max(strengths.values(), default=0)
    kept = {topic: s / most for topic, s in strengths.items() if s >= FAINT * most}
    return dict(sorted(kept.items(), key=lambda pair: (-pair[1], pair[0])))


def _stack(need: Need, index: Index) -> frozenset[str]:
    stack = need.facts.get("tech_stack") or ()
    text = stack if isinstance(stack, str) else ", ".join(map(str, stack))
    return frozenset(hit.topic for hit in find(text, "en", index).hits)


def _said_industries(need: Need, index: Index) -> frozenset[str]:
    said = str(need.facts.get("industry") or "")
    if said in index.catalogue.industries:
        return frozenset({said})
    return frozenset(m.industry for m in find(said, need.language, index).industries) if said else frozenset()


def _evidence(found: list[tuple[int, Found]]) -> dict[str, Evidence]:
    best: dict[str, tuple[float, Evidence]] = {}
    for number, part in found:
        for hit in part.hits:
            if not hit.negated and hit.weight > best.get(hit.topic, (0.0,))[0]:
                best[hit.topic] = (hit.weight, Evidence(number, _words(hit)))
    return {topic: evidence for topic, (_, evidence) in best.items()}


def _words(hit: Hit) -> str:
    return " … ".join(hit.words)
