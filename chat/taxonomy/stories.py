"""How people tell of a need without its technical word: a text is as close to a topic as to its nearest stories.

stories/<language>.toml holds the stories, one a line by topic. Languages that the lexicon does not know have stories
too; their file brings the small words by which they are recognised.
"""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from chat.taxonomy import spans
from chat.taxonomy.index import Index
from chat.taxonomy.index import shipped as shipped_index
from chat.taxonomy.words import Word, fold, has_japanese, japanese_folded, stems, words

FOLDER = Path(__file__).with_name("stories")
SHARED = "#"  # begins what means the same in every language: a concept or topic of the lexicon
PAIR_WEIGHT, SHARED_WEIGHT = 0.5, 0.5
NEAREST, FADING = 8, 0.85
TOPIC_SHARE = 0.05
LEAST_TELLING = 0.2
QUOTED = 3
Edited = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Tales:
    """The stories of one language as they are written down."""

    language: str
    small: frozenset[str]
    by_topic: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Stories compiled: what each feature of a text weighs for every story (by number) and for every topic."""

    topics: Sequence[str]
    stories: Mapping[str, Sequence[tuple[int, float]]]
    wholes: Mapping[str, Mapping[str, float]]

    def closeness(self, features: Iterable[str]) -> dict[str, float]:
        """By topic, from 0 up: 1 is a chance resemblance, 3 a clear one."""
        near: dict[int, float] = defaultdict(float)
        close: dict[str, float] = defaultdict(float)
        for feature in features:
            for story, weight in self.stories.get(feature, ()):
                near[story] += weight
            for topic, weight in self.wholes.get(feature, {}).items():
                close[topic] += weight
        by_topic: dict[str, list[float]] = defaultdict(list)
        for story, likeness in near.items():
            by_topic[self.topics[story]].append(likeness)
        for topic, found in by_topic.items():
            close[topic] += _nearest(found)
        return dict(close)


def _nearest(likenesses: list[float]) -> float:
    """A mean of the nearest, each next one counting less."""
    shares = [FADING**place for place in range(NEAREST)]
    best = sorted(likenesses, reverse=True)[:NEAREST]
    return sum(share * likeness for share, likeness in zip(shares, best, strict=False)) / sum(shares)


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Tales]:
    return {path.stem: _tales(path) for path in sorted(FOLDER.glob("*.toml"))}


def _tales(path: Path) -> Tales:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    small = frozenset(fold(word) for word in data.pop("stopwords", "").split())
    return Tales(path.stem, small, {topic: _lines(text) for topic, text in data.items()})


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def language_of(text: str, token: Sequence[Word], usual: str, index: Index) -> str:
    """The language with most of the text's small words; ``usual`` unless another has more."""
    if has_japanese(text):
        return "ja"
    folded = {word.folded for word in token}
    counts = {code: len(folded & _small(code, index)) for code in shipped()}
    best = max(counts, key=lambda code: (counts[code], code == usual), default="en")
    return best if counts.get(best, 0) > counts.get(usual, 0) + 1 or usual not in counts else usual


def _small(language: str, index: Index) -> frozenset[str]:
    return index.stopwords[language] if language in index.stopwords else shipped()[language].small


def features(text: str, token: Sequence[Word], language: str, index: Index) -> frozenset[str]:
    """What two texts may have in common: stems, neighbouring stems, and the lexicon's concepts and topics."""
    if language == "ja":
        found = _pieces(text)
    else:
        own = [stem for word in token for stem in _stem(word, language, index)]
        found = {*own, *(f"{one} {other}" for one, other in pairwise(own))}
    return frozenset(found | _shared(text, token, language, index))


def _stem(word: Word, language: str, index: Index) -> tuple[str, ...]:
    return () if word.folded in _small(language, index) else stems(word.raw, language)[:1]


def _pieces(text: str) -> set[str]:
    """Japanese runs on without spaces: pieces of two and three characters stand for its words."""
    folded = "".join(c for c in japanese_folded(text)[0] if c.isalpha())
    return {folded[at : at + size] for size in (2, 3) for at in range(len(folded) - size + 1)}


def _shared(text: str, token: Sequence[Word], language: str, index: Index) -> set[str]:
    known = index.languages.get(language)
    if known is None:
        return set()
    found = spans.in_japanese(text, known) if language == "ja" else spans.in_words(token, known)
    kinds = {"concept", "alias", "hint", "context"}
    return {f"{SHARED}{span.sign.key}" for span in found if span.sign.kind in kinds}


def told(language: str, index: Index) -> Told:
    """The language's own stories and, by what all languages share, the English ones, with those that staff wrote."""
    return _told(language, _edited(language, index), _edited("en", index))


def _edited(language: str, index: Index) -> Edited:
    topics = index.catalogue.topics.values()
    return tuple((topic.key, topic.stories[language]) for topic in topics if language in topic.stories)


@lru_cache(maxsize=24)
def _told(language: str, edited: Edited, edited_in_english: Edited) -> Told:
    """Stories are read by the shipped signs: an alias that staff edit does not have two thousand compiled again."""
    index = shipped_index()
    own = [(topic, features(story, words(story), language, index)) for topic, story in _stories(language, edited)]
    if language != "en" and language in index.languages:
        english = _stories("en", edited_in_english)
        own += [(topic, frozenset(_shared(story, words(story), "en", index))) for topic, story in english]
    return _compiled([(topic, said) for topic, said in own if said])


def _stories(language: str, edited: Edited) -> list[tuple[str, str]]:
    tales = shipped()[language].by_topic if language in shipped() else {}
    return [(topic, story) for topic, told in {**tales, **dict(edited)}.items() for story in told]


def _compiled(documents: Sequence[tuple[str, frozenset[str]]]) -> Told:
    size = Counter(topic for topic, _ in documents)
    uses: dict[str, Counter[str]] = defaultdict(Counter)
    for topic, said in documents:
        for feature in said:
            uses[feature][topic] += 1
    weighed = {feature: _weight(feature, found, size, len(documents)) for feature, found in uses.items()}
    weights = {feature: weight for feature, weight in weighed.items() if weight >= LEAST_TELLING}
    stories: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, said) in enumerate(documents):
        length = math.sqrt(sum(weights[feature] ** 2 for feature in said & weights.keys()))
        for feature in said & weights.keys():
            stories[feature].append((number, weights[feature] / length))
    wholes = {
        feature: {topic: TOPIC_SHARE * weights[feature] * math.sqrt(count) for topic, count in found.items()}
        for feature, found in uses.items()
        if feature in weights
    }
    return Told([topic for topic, _ in documents], stories, wholes)


def _weight(feature: str, uses: Counter[str], size: Counter[str], many: int) -> float:
    """A rare feature tells more, and so does one that few topics share."""
    rates = [count / size[topic] for topic, count in uses.items()]
    total = sum(rates)
    spread = -sum(rate / total * math.log(rate / total) for rate in rates)
    telling = 1 - spread / math.log(max(2, len(size)))
    kind = SHARED_WEIGHT if feature.startswith(SHARED) else PAIR_WEIGHT if " " in feature else 1.0
    return kind * math.log(1 + many / uses.total()) * telling


@dataclass(frozen=True, slots=True)
class Heard:
    """One text before the stories of its language; ``stems`` are its words in their order, with the stem of each."""

    stems: Sequence[tuple[str, str]]
    closeness: Mapping[str, float]
    told: Told

    def telling(self, topic: str) -> tuple[str, ...]:
        """The visitor's own words that speak most for the topic, in their order; none in Japanese."""
        weighed = [
            (-self.told.wholes[stem].get(topic, 0.0), at, raw)
            for at, (raw, stem) in enumerate(self.stems)
            if stem in self.told.wholes
        ]
        best = sorted(w for w in weighed if w[0] < 0)[:QUOTED]
        return tuple(dict.fromkeys(raw for _, _, raw in sorted(best, key=lambda w: w[1])))


def hear(text: str, usual: str, index: Index) -> Heard:
    """Compare a text with the stories of its language, ``usual`` if nothing speaks for another."""
    token = words(text)
    language = language_of(text, token, usual, index)
    known = told(language, index)
    said = [] if language == "ja" else [(w.raw, stem) for w in token for stem in _stem(w, language, index)]
    close = known.closeness(features(text, token, language, index))
    return Heard(said, {topic: near for topic, near in close.items() if topic in index.catalogue.topics}, known)
