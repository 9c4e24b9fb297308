"""Which topics the document is about, and the visitor's words that say so."""

from collections import defaultdict
from dataclasses import dataclass

from prd.brief import Mention
from prd.evidence import Clause, fragment
from prd.ground import Ground
from prd.wording import table

MOST_TOPICS = 3
CENTRAL = ("challenges", "success_criteria")
ASIDE = ("tech_stack", "industry", "company", "name", "email", "exclusions")


@dataclass(frozen=True, slots=True)
class Need:
    """A topic with the clauses it was found in; none when it only follows from the service."""

    topic: str
    label: str
    mentions: tuple[tuple[Clause, Mention], ...] = ()

    @property
    def sources(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(clause.message for clause, _ in self.mentions))

    def words(self, ground: Ground, turn: int = 0, limit: int = 14) -> tuple[str, tuple[int, ...]]:
        """A verbatim, unvague piece of what was said about it, another one each turn, with its source."""
        if not self.mentions:
            return "", ()
        clause, mention = self.mentions[turn % len(self.mentions)]
        around = (mention.start - clause.start, mention.end - clause.start)
        return fragment(clause.text, limit=limit, avoid=ground.vague, around=around), (clause.message,)


def _clause(ground: Ground, mention: Mention) -> Clause | None:
    return next((c for c in ground.clauses if c.message == mention.message and c.covers(mention.start, mention.end)), None)


def _within(ground: Ground, mention: Mention, slots: tuple[str, ...]) -> bool:
    entries = [e for slot in slots for e in ground.entries(slot)]
    return any(e.message == mention.message and e.start < mention.end and mention.start < e.end for e in entries)


def _weight(ground: Ground, mention: Mention) -> float:
    if _within(ground, mention, CENTRAL):
        return 3 * mention.weight
    return 0.0 if _within(ground, mention, ASIDE) else mention.weight


def needs(ground: Ground) -> list[Need]:
    """The topics wanted, strongest first; a topic that was said no to last is not wanted."""
    score: dict[str, float] = defaultdict(float)
    where: dict[str, list[tuple[Clause, Mention]]] = defaultdict(list)
    for mention in ground.brief.mentions:
        clause = _clause(ground, mention)
        if mention.topic not in ground.voice.topics or clause is None:
            continue
        if mention.negated or clause in ground.refusals:
            score.pop(mention.topic, None)
            where.pop(mention.topic, None)
        elif weight := _weight(ground, mention):
            score[mention.topic] += weight
            where[mention.topic].append((clause, mention))
    ranked = sorted(score, key=lambda topic: (-score[topic], _order(where[topic])))[:MOST_TOPICS]
    return [Need(topic, _label(ground, topic), _distinct(where[topic])) for topic in ranked] or [_by_service(ground)]


def _order(mentions: list[tuple[Clause, Mention]]) -> tuple[int, int]:
    return min((clause.message, clause.start) for clause, _ in mentions)


def _distinct(mentions: list[tuple[Clause, Mention]]) -> tuple[tuple[Clause, Mention], ...]:
    seen: dict[Clause, Mention] = {}
    for clause, mention in mentions:
        seen.setdefault(clause, mention)
    return tuple(seen.items())


def _by_service(ground: Ground) -> Need:
    services = table("effort")["service_topic"]
    topic = services.get(ground.brief.service, services["other"])
    return Need(topic, _label(ground, topic))


def _label(ground: Ground, topic: str) -> str:
    return str(ground.voice.topics[topic]["label"])


def declined(ground: Ground) -> list[tuple[str, Clause]]:
    """Topics that were said no to, with the clause that says it."""
    found = []
    for mention in ground.brief.mentions:
        clause = _clause(ground, mention)
        if clause and mention.topic in ground.voice.topics and (mention.negated or clause in ground.refusals):
            found.append((mention.topic, clause))
    return found
