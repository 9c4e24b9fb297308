"""Which topics the document is about, and the visitor's words that say so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prd.brief import Mention
from prd.evidence import Clause, fragment, words
from prd.ground import Ground
from prd.wording import table

MOST_TOPICS = 3
WHOLE = 14
COMMA = re.compile(r"[,،、，]\s*")
CLEAR, NAMED, LEAST_SCORE = 0.7, 0.85, 0.2
ASIDE = (
    "tech_stack", "industry", "company", "company_size", "name", "email", "exclusions", "budget", "timeline",
    "decision_maker", "stakeholders",
)  # fmt: skip


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
        start, end = _piece(clause.text, *around) if limit < WHOLE else (0, len(clause.text))
        around = (around[0] - start, around[1] - start)
        return fragment(clause.text[start:end], limit=limit, avoid=ground.vague, around=around), (clause.message,)


def _piece(text: str, first: int, last: int) -> tuple[int, int]:
    """The part between commas that holds [first, last), if it is more than a word or two."""
    commas = [match.end() for match in COMMA.finditer(text)]
    start = max((at for at in commas if at <= first), default=0)
    end = min((at for at in commas if at > last), default=len(text))
    return (start, end) if len(words(text[start:end])) >= 3 else (0, len(text))


def _clause(ground: Ground, mention: Mention) -> Clause | None:
    return next(
        (c for c in ground.clauses if c.message == mention.message and c.covers(mention.start, mention.end)), None
    )


def _weight(ground: Ground, clause: Clause) -> float:
    """How much a clause says about what is wanted."""
    if ground.used_up(clause, ("challenges",)):
        return 2.5
    if ground.superseded(clause):
        return 0.0
    if ground.matches("wish", clause.text):
        return 2.0
    if ground.used_up(clause, ("success_criteria",)):
        return 1.5
    return 0.0 if ground.used_up(clause, ASIDE) else 1.0


def needs(ground: Ground) -> list[Need]:
    """The topics wanted, strongest first; a topic that was said no to last is not wanted."""
    where: dict[str, dict[Clause, Mention]] = defaultdict(dict)
    for mention in ground.brief.mentions:
        clause = _clause(ground, mention)
        if mention.topic not in ground.voice.topics or clause is None:
            continue
        if mention.negated or clause in ground.refusals:
            if mention.weight >= CLEAR:
                where.pop(mention.topic, None)
        elif clause not in where[mention.topic] or where[mention.topic][clause].weight < mention.weight:
            where[mention.topic][clause] = mention
    score = {topic: sum(_weight(ground, c) * m.weight**2 for c, m in found.items()) for topic, found in where.items()}
    ranked = _outstanding(ground, score, where)
    return [Need(topic, _label(ground, topic), _weighty(ground, where[topic])) for topic in ranked] or [
        _by_service(ground)
    ]


def _outstanding(
    ground: Ground, score: Mapping[str, float], where: Mapping[str, Mapping[Clause, Mention]]
) -> list[str]:
    """At most three topics that come near the strongest; one that was asked for by name may be weaker."""
    best = max(score.values(), default=0.0)

    def counts(topic: str) -> bool:
        named = [clause for clause, mention in where[topic].items() if mention.weight >= NAMED]
        wished = any(ground.matches("wish", clause.text) for clause in named)
        return score[topic] >= max(LEAST_SCORE, best * (0.4 if wished else 0.65 if named else 0.8))

    ranked = sorted(score, key=lambda topic: (-score[topic], _order(where[topic])))
    return [topic for topic in ranked if counts(topic)][:MOST_TOPICS]


def _weighty(ground: Ground, found: Mapping[Clause, Mention]) -> tuple[tuple[Clause, Mention], ...]:
    """The mentions worth quoting, the weightiest first."""
    kept = [(c, m) for c, m in found.items() if _weight(ground, c) and m.weight >= 0.5]
    return tuple(sorted(kept or found.items(), key=lambda pair: -_weight(ground, pair[0]) * pair[1].weight))


def _order(mentions: Iterable[Clause]) -> tuple[int, int]:
    return min((clause.message, clause.start) for clause in mentions)


def _by_service(ground: Ground) -> Need:
    services = table("effort")["service_topic"]
    topic = services.get(ground.brief.service, services["other"])
    return Need(topic, _label(ground, topic))


def _label(ground: Ground, topic: str) -> str:
    return str(ground.voice.topics[topic]["name"])


def declined(ground: Ground) -> list[tuple[str, Clause]]:
    """Topics that were said no to, with the clause that says it."""
    found = []
    for mention in ground.brief.mentions:
        clause = _clause(ground, mention)
        if clause and mention.weight >= CLEAR and mention.topic in ground.voice.topics and mention.negated:
            found.append((mention.topic, clause))
    return found
