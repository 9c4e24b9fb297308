"""A need read by the taxonomy: what is wanted, what is turned down, in which line of business."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chat.taxonomy.find import Found, Hit, find
from chat.taxonomy.index import Index
from chat.taxonomy.stories import Heard, hear
from experts.matching.candidates import Need

FAINT = 0.3
BETWEEN = " … "
STACK_WEIGHT = 0.2
STORY_WEIGHT = 0.75
SURE = 0.5
UNTOLD = 0.6  # what a vague sign is worth when no story is like the text
CLEAR, CHANCE = 2.0, 0.6  # closeness to stories that is beyond doubt, and that is none
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
    heard = {number: hear(text, need.language, index) for number, text in need.texts}
    strengths = _strengths([f for _, f in found], _stack(need, index), _likeness(list(heard.values())))
    mentions = [m for _, f in found for m in f.industries]
    industries = _said_industries(need, index) or frozenset(m.industry for m in mentions)
    return Demand(
        topics=strengths or UNSAID,
        negated=frozenset().union(*(f.negated for _, f in found)),
        evidence={**_told(heard, strengths), **_evidence(found)},
        industries=industries,
        required=frozenset(m.industry for m in mentions if m.required),
        assumed=not strengths,
    )


def _strengths(found: list[Found], stack: frozenset[str], likeness: Mapping[str, float]) -> dict[str, float]:
    doubt: dict[str, float] = defaultdict(lambda: 1.0)
    out = frozenset().union(*(f.negated for f in found))
    for part in found:
        for topic, strength in part.strengths().items():
            doubt[topic] *= 1 - strength
    for topic in stack & doubt.keys():
        doubt[topic] *= 1 - STACK_WEIGHT
    named = {hit.topic for part in found for hit in part.hits if hit.kind in ("alias", "product")}
    strengths = {
        topic: _combined(1 - doubt[topic], likeness.get(topic, 0.0), named=topic in named)
        for topic in sorted((doubt.keys() | likeness.keys()) - out)
    }
    most = max(strengths.values(), default=0)
    kept = {topic: s / most for topic, s in strengths.items() if s >= FAINT * most}
    return dict(sorted(kept.items(), key=lambda pair: (-pair[1], pair[0])))


def _combined(sign: float, likeness: float, *, named: bool) -> float:
    """Signs and stories, each adding to the other.

    A sign that is no name leans on stories that bear it out; of what is owned already, stories must not make a wish.
    """
    if named:
        return 1 - (1 - sign) * (1 - likeness * (STORY_WEIGHT if sign >= SURE else STORY_WEIGHT / 2))
    return 1 - (1 - sign * (UNTOLD + (1 - UNTOLD) * likeness)) * (1 - STORY_WEIGHT * likeness)


def _likeness(heard: Sequence[Heard]) -> dict[str, float]:
    """How much the messages are like each topic's stories, 0-1; the likest topic sets the scale."""
    close: dict[str, float] = defaultdict(float)
    for part in heard:
        for topic, closeness in part.closeness.items():
            close[topic] += closeness
    most = max(close.values(), default=0.0)
    if most < CHANCE:
        return {}
    return {topic: (closeness / most) ** 2 * min(1.0, most / CLEAR) for topic, closeness in close.items()}


def _told(heard: Mapping[int, Heard], topics: Iterable[str]) -> dict[str, Evidence]:
    """What speaks for the topics, in the words of the message that is most like their stories."""
    told: dict[str, Evidence] = {}
    for topic in topics:
        number = max(heard, key=lambda n: heard[n].closeness.get(topic, 0.0))
        said = heard[number].telling(topic)
        if said:
            told[topic] = Evidence(number, BETWEEN.join(said))
    return told


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
    return BETWEEN.join(hit.words)
