"""Find the topics and industries a visitor speaks of, with the words that say so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chat.taxonomy import negation, spans
from chat.taxonomy.index import Index, Kind, LanguageIndex, shipped
from chat.taxonomy.spans import Span
from chat.taxonomy.words import Word, has_japanese, words

WEIGHTS: Mapping[Kind, float] = {"alias": 1.0, "product": 0.4, "hint": 0.45, "context": 0.2}
PHRASES = frozenset({"alias", "product", "hint", "context", "ignore"})
OWNED = 0.4
CORRECTED = 0.85
SHARE_OF_DOUBT = 0.75
NEAR, FAR = 45, 110
ACROSS_SENTENCES = 0.55


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign of a topic at [start, end) of the text; ``words`` are the visitor's own, verbatim."""

    topic: str
    kind: Kind
    weight: float
    start: int
    end: int
    words: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An industry named at [start, end); ``required`` when the visitor asks for experience in it."""

    industry: str
    start: int
    end: int
    words: str
    required: bool


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[Hit, ...]
    industries: tuple[Mention, ...]

    @property
    def negated(self) -> frozenset[str]:
        """Topics that are turned down and never asked for by name."""
        asked = {hit.topic for hit in self.hits if hit.kind == "alias" and not hit.negated}
        return frozenset(hit.topic for hit in self.hits if hit.negated) - asked

    def strengths(self) -> dict[str, float]:
        """How sure each wanted topic is (0-1), strongest first."""
        doubt: dict[str, float] = defaultdict(lambda: 1.0)
        out = self.negated
        for hit in self.hits:
            if not hit.negated and hit.topic not in out:
                doubt[hit.topic] *= 1 - SHARE_OF_DOUBT * hit.weight
        return dict(sorted(((t, 1 - d) for t, d in doubt.items()), key=lambda pair: (-pair[1], pair[0])))


def find(text: str, language: str | None = None, index: Index | None = None) -> Found:
    """Topics and industries in one message.

    English is always read as well, because its technical words are used in every language; a message in another
    language than ``language`` is noticed by its small words.
    """
    index = index or shipped()
    token = words(text)
    chosen = _languages(text, token, language, index)
    hits: list[Hit] = []
    mentions: list[Mention] = []
    for at, code in enumerate(chosen):
        read = _read(text, token, index.languages[code], foreign=at > 0)
        hits += read.hits
        mentions += read.mentions
        hits += _cue_hits(text, read, index) if at == 0 else []
    return Found(tuple(_once(hits)), tuple(dict.fromkeys(mentions)))


@dataclass(frozen=True, slots=True)
class _Reading:
    hits: list[Hit]
    mentions: list[Mention]
    concepts: list[Span]
    refused: frozenset[Span]


def _languages(text: str, token: Sequence[Word], language: str | None, index: Index) -> list[str]:
    """The languages to read in, the message's own first."""
    if has_japanese(text) and "ja" in index.languages:
        return ["ja", "en"]
    own = _own(token, language, index)
    return list(dict.fromkeys([own, "en"]))


def _own(token: Sequence[Word], language: str | None, index: Index) -> str:
    counts = {code: sum(w.folded in small for w in token) for code, small in index.stopwords.items()}
    best = max(counts, key=lambda code: (counts[code], code == language))
    usual = language if language in counts else "en"
    return best if counts[best] > counts[usual] + 1 or (counts[usual] == 0 and counts[best] > 0) else usual


def _read(text: str, token: Sequence[Word], index: LanguageIndex, *, foreign: bool) -> _Reading:
    if index.language == "ja":
        found = spans.in_japanese(text, index)
        steering = [s for s in found if s.sign.kind in ("after", "lack", "break", "require")]
        denied = negation.in_japanese(steering)
    else:
        found = spans.in_words(token, index)
        steering = spans.steering_in_words(token, index)
        denied = negation.in_words(token, steering, index.language)
    if foreign:
        found = [s for s in found if s.sign.kind in ("alias", "product", "ignore") and not s.corrected]
    phrases = _longest([s for s in found if s.sign.kind in PHRASES])
    blocking = [s for s in phrases if s.sign.kind in ("alias", "ignore")]
    owned = {at + 1 for at, word in enumerate(token) if word.folded in index.owned}
    hits = [_hit(text, s, denied, owned=s.first in owned) for s in phrases if s.sign.kind != "ignore"]
    concepts = [s for s in found if s.sign.kind == "concept" and not _inside(s, blocking)]
    refused = frozenset(s for s in concepts if denied.covers(s))
    return _Reading(hits, _mentions(text, found, steering, blocking), concepts, refused)


def _longest(found: list[Span]) -> list[Span]:
    """Longest phrase first; a word belongs to one phrase, though that phrase may stand for several topics."""
    taken: dict[int, tuple[int, int]] = {}
    kept = []
    for span in sorted(found, key=lambda s: (-(s.last - s.first), s.first)):
        place = (span.first, span.last)
        if all(taken.get(i, place) == place for i in range(*place)):
            taken.update(dict.fromkeys(range(*place), place))
            kept.append(span)
    return kept


def _inside(span: Span, phrases: Iterable[Span]) -> bool:
    return any(
        p.first <= span.first and span.last <= p.last and p.last - p.first > span.last - span.first for p in phrases
    )


def _hit(text: str, span: Span, denied: negation.Denied, *, owned: bool) -> Hit:
    weight = WEIGHTS[span.sign.kind] * (CORRECTED if span.corrected else 1.0)
    weight *= OWNED if owned and span.sign.thing and not span.sign.pain else 1.0
    negated = not span.sign.pain and span.sign.kind != "context" and denied.covers(span)
    return Hit(span.sign.key, span.sign.kind, weight, span.start, span.end, (text[span.start : span.end],), negated)


def _mentions(text: str, found: Iterable[Span], steering: Iterable[Span], blocking: Sequence[Span]) -> list[Mention]:
    demands = {s.sentence for s in steering if s.sign.kind == "require"}
    named = [s for s in found if s.sign.kind == "industry" and not s.corrected and not _inside(s, blocking)]
    return [Mention(s.sign.key, s.start, s.end, text[s.start : s.end], s.sentence in demands) for s in _longest(named)]


def _cue_hits(text: str, read: _Reading, index: Index) -> list[Hit]:
    """Cues all of whose concepts are said; one that rests on a single, refused concept does not count."""
    present: dict[str, list[Span]] = defaultdict(list)
    for span in read.concepts:
        present[span.sign.key].append(span)
    alone = {key for key, said in present.items() if all(span in read.refused for span in said)}
    hits = []
    for concept in present:
        for topic, cue in index.cues.get(concept, ()):
            if cue.concepts <= present.keys() and not (len(cue.concepts) == 1 and concept in alone):
                hit = _cue_hit(text, topic, cue.weight, [present[c] for c in sorted(cue.concepts)])
                if hit:
                    hits.append(hit)
    return _strongest_per_words(hits)


def _cue_hit(text: str, topic: str, weight: float, choices: Sequence[Sequence[Span]]) -> Hit | None:
    """The closest constellation of the cue's concepts, each said by words of its own."""
    best: tuple[float, list[Span]] | None = None
    for anchor in min(choices, key=len):
        chosen: list[Span] = []
        for spans_of_concept in choices:
            free = [s for s in spans_of_concept if not any(s.first < c.last and c.first < s.last for c in chosen)]
            if not free:
                break
            chosen.append(min(free, key=lambda s: abs(s.start - anchor.start)))
        else:
            value = weight * _nearness(chosen)
            if best is None or value > best[0]:
                best = (value, chosen)
    if best is None:
        return None
    value, chosen = best
    chosen.sort(key=lambda s: s.start)
    said = tuple(dict.fromkeys(text[s.start : s.end] for s in chosen))
    return Hit(topic, "cue", value, chosen[0].start, max(s.end for s in chosen), said)


def _nearness(chosen: Sequence[Span]) -> float:
    factor = CORRECTED if any(s.corrected for s in chosen) else 1.0
    if len({s.sentence for s in chosen}) > 1:
        return factor * ACROSS_SENTENCES
    distance = max(s.start for s in chosen) - min(s.start for s in chosen)
    if distance <= NEAR:
        return factor
    return factor * (0.85 if distance <= FAR else 0.65)


def _strongest_per_words(hits: list[Hit]) -> list[Hit]:
    """Of cues for one topic that rest on shared words, the strongest only: one remark is one piece of evidence."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-h.weight, h.start, h.topic)):
        if not any(k.topic == hit.topic and set(k.words) & set(hit.words) for k in kept):
            kept.append(hit)
    return kept


def _once(hits: Iterable[Hit]) -> list[Hit]:
    """The same words count once for a topic, at their highest weight."""
    best: dict[tuple[str, int, int], Hit] = {}
    for hit in hits:
        key = (hit.topic, hit.start, hit.end)
        if key not in best or hit.weight > best[key].weight:
            best[key] = hit
    return sorted(best.values(), key=lambda h: (h.start, h.end, h.topic))
