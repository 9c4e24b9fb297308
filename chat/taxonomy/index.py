"""The catalogue compiled for reading: phrases by their first stem, Japanese ones by their first character."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chat.taxonomy import catalogue
from chat.taxonomy.catalogue import Catalogue, Cue, Lexicon, Topic
from chat.taxonomy.typos import Speller
from chat.taxonomy.words import Word, fold, is_gerund, japanese_folded, stems, words

Steering = Literal["start", "reject", "lack", "after", "break", "require"]
Kind = Literal["alias", "product", "hint", "context", "cue", "concept", "industry", "ignore"] | Steering
COMPOUND_PART = 5


@dataclass(frozen=True, slots=True)
class Sign:
    """What a phrase stands for.

    ``pain`` is something unwanted, whose denial still asks for the topic; ``thing`` is something one may own already.
    """

    kind: Kind
    key: str
    pain: bool = False
    thing: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    stems: tuple[str, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LanguageIndex:
    language: str
    entries: Mapping[str, tuple[Entry, ...]]
    steering: Mapping[str, tuple[Entry, ...]]
    characters: Mapping[str, tuple[tuple[str, tuple[Sign, ...]], ...]]
    stopwords: frozenset[str]
    owned: frozenset[str]
    vocabulary: frozenset[str]
    speller: Speller


class Languages(Mapping[str, LanguageIndex]):
    """Every language of a catalogue, compiled when it is first read; half a second for the largest."""

    def __init__(self, source: Catalogue, compiled: Mapping[str, LanguageIndex]) -> None:
        self.source, self.compiled = source, dict(compiled)

    def __getitem__(self, code: str) -> LanguageIndex:
        if code not in self.compiled:
            self.compiled[code] = _language(self.source.lexicons[code], self.source.topics)
        return self.compiled[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.source.lexicons)

    def __len__(self) -> int:
        return len(self.source.lexicons)

    def unchanged(self, source: Catalogue) -> dict[str, LanguageIndex]:
        """What has been compiled here and holds for another catalogue too."""
        if _marks(self.source) != _marks(source):
            return {}
        return {c: i for c, i in self.compiled.items() if source.lexicons[c] == self.source.lexicons[c]}


def _marks(source: Catalogue) -> list[tuple[str, bool, tuple[str, ...]]]:
    """What of the topics goes into every language."""
    return [(topic.key, topic.thing, topic.products) for topic in source.topics.values()]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Index:
    """The compiled taxonomy, equal only to itself.

    ``cues`` are listed under their rarest concept, so that only likely ones are tried; ``helped_by`` are the neighbours
    turned round: by topic, the topics it helps with and how far.
    """

    catalogue: Catalogue
    languages: Languages
    stopwords: Mapping[str, frozenset[str]]
    cues: Mapping[str, tuple[tuple[str, Cue], ...]]
    helped_by: Mapping[str, tuple[tuple[str, float], ...]]


def _signed(lexicon: Lexicon, topics: Mapping[str, Topic]) -> Iterator[tuple[str, Sign]]:
    pains, things = set(lexicon.pains), {key for key, topic in topics.items() if topic.thing}
    products = {key: topic.products for key, topic in topics.items()}
    sections: tuple[tuple[Kind, Mapping[str, tuple[str, ...]]], ...] = (
        ("alias", lexicon.aliases),
        ("product", products),
        ("hint", lexicon.hints),
        ("context", lexicon.contexts),
        ("concept", lexicon.concepts),
        ("industry", lexicon.industries),
    )
    for kind, section in sections:
        for key, phrases in section.items():
            for phrase in phrases:
                yield phrase, Sign(kind, key, phrase in pains, key in things)
    for phrase in lexicon.ignore:
        yield phrase, Sign("ignore", "")


def _steering(lexicon: Lexicon) -> Iterator[tuple[str, Sign]]:
    kinds: tuple[tuple[str, Steering], ...] = (
        ("start", "start"),
        ("reject", "reject"),
        ("lack", "lack"),
        ("after", "after"),
        ("breaks", "break"),
    )
    for name, kind in kinds:
        for phrase in lexicon.negation.get(name, ()):
            yield phrase, Sign(kind, "")
    for phrase in lexicon.requirement:
        yield phrase, Sign("require", "")


def variants(phrase: Sequence[Word], language: str) -> set[tuple[str, ...]]:
    """The phrase as stems, with and without accents."""
    parts = [(w.folded,) if is_gerund(w.raw, language) else stems(w.raw, language) for w in phrase]
    return {tuple(p[0] for p in parts), tuple(p[-1] for p in parts)} - {()}


def _by_first(signed: Iterable[tuple[str, Sign]], language: str) -> dict[str, tuple[Entry, ...]]:
    signs: dict[tuple[str, ...], list[Sign]] = defaultdict(list)
    for phrase, sign in signed:
        token = words(phrase)
        for key in variants(token, language) if language else [tuple(w.folded for w in token)]:
            if key and sign not in signs[key]:
                signs[key].append(sign)
    table: dict[str, list[Entry]] = defaultdict(list)
    for key, found in signs.items():
        table[key[0]].append(Entry(key, tuple(found)))
    return {first: tuple(sorted(entries, key=lambda e: -len(e.stems))) for first, entries in table.items()}


def _by_character(signed: Iterable[tuple[str, Sign]]) -> dict[str, tuple[tuple[str, tuple[Sign, ...]], ...]]:
    signs: dict[str, list[Sign]] = defaultdict(list)
    for phrase, sign in signed:
        signs[japanese_folded(phrase)[0]].append(sign)
    table: dict[str, list[tuple[str, tuple[Sign, ...]]]] = defaultdict(list)
    for phrase, found in signs.items():
        table[phrase[0]].append((phrase, tuple(found)))
    return {first: tuple(sorted(entries, key=lambda e: -len(e[0]))) for first, entries in table.items()}


def _language(lexicon: Lexicon, topics: Mapping[str, Topic]) -> LanguageIndex:
    language = lexicon.language
    signed, steering = list(_signed(lexicon, topics)), list(_steering(lexicon))
    entries = _by_first(signed, language)
    steer = _by_first(steering, "")
    vocabulary = {stem for found in entries.values() for entry in found for stem in entry.stems}
    spelled = {word.folded for phrase, _ in signed for word in words(phrase)}
    known = {form for w in (*lexicon.known, *lexicon.stopwords) for form in (fold(w), *stems(w, language))}
    known |= {stem for entry in steer.values() for e in entry for stem in e.stems}
    return LanguageIndex(
        language=language,
        entries=entries,
        steering=steer,
        characters=_by_character([*signed, *steering]) if language == "ja" else {},
        stopwords=_stopwords(lexicon),
        owned=frozenset(fold(w) for w in lexicon.owned),
        vocabulary=frozenset(vocabulary),
        speller=Speller.over(vocabulary | spelled, known | spelled),
    )


def _stopwords(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(fold(w) for w in lexicon.stopwords)


def compile_index(source: Catalogue, base: Index | None = None) -> Index:
    """``base`` lends what it has compiled and ``source`` did not change."""
    frequency: dict[str, int] = defaultdict(int)
    for topic in source.topics.values():
        for cue in topic.cues:
            for concept in cue.concepts:
                frequency[concept] += 1
    cues: dict[str, list[tuple[str, Cue]]] = defaultdict(list)
    for topic in source.topics.values():
        for cue in topic.cues:
            cues[min(cue.concepts, key=lambda c: (frequency[c], c))].append((topic.key, cue))
    return Index(
        catalogue=source,
        languages=Languages(source, base.languages.unchanged(source) if base else {}),
        stopwords={code: _stopwords(lexicon) for code, lexicon in source.lexicons.items()},
        cues={concept: tuple(found) for concept, found in cues.items()},
        helped_by={key: _helped_by(key, source) for key in source.topics},
    )


def _helped_by(key: str, source: Catalogue) -> tuple[tuple[str, float], ...]:
    return tuple((t.key, t.neighbours[key]) for t in source.topics.values() if key in t.neighbours)


@lru_cache(maxsize=1)
def shipped() -> Index:
    return compile_index(catalogue.shipped())
