"""Where the phrases of one language stand in a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chat.taxonomy.index import COMPOUND_PART, Entry, LanguageIndex, Sign
from chat.taxonomy.words import Word, fold, has_japanese, is_gerund, japanese_folded, stems

MOST_SKIPPED = 2


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase found at [start, end); ``first`` to ``last`` count words, in Japanese characters."""

    sign: Sign
    start: int
    end: int
    first: int
    last: int
    sentence: int
    size: int
    corrected: bool = False


def _compound(stem: str, vocabulary: frozenset[str]) -> list[str]:
    """Known parts of a German compound: its head and its tail."""
    cuts = range(COMPOUND_PART, len(stem) - 2)
    heads = (stem[:at] for at in reversed(cuts) if stem[:at] in vocabulary)
    tails = (stem[at:] for at in range(3, len(stem) - COMPOUND_PART + 1) if stem[at:] in vocabulary)
    return [part for part in (next(heads, None), next(tails, None)) if part]


@lru_cache(maxsize=32_768)
def readings(raw: str, index: LanguageIndex) -> tuple[tuple[str, ...], bool]:
    """The stems a word may stand for, and whether the speller had to guess."""
    if is_gerund(raw, index.language) and fold(raw) in index.vocabulary:
        return (fold(raw),), False
    own = stems(raw, index.language)
    if any(stem in index.vocabulary for stem in own):
        return own, False
    if index.language == "de":
        parts = _compound(own[0], index.vocabulary)
        if parts:
            return (*own, *parts), False
    meant = index.speller.correct(fold(raw)) or index.speller.correct(own[0])
    return ((*own, meant, *stems(meant, index.language)), True) if meant else (own, False)


def _end(
    entry: Entry, at: int, read: Sequence[tuple[str, ...]], text: Sequence[Word], stopwords: frozenset[str]
) -> int:
    """The number of the word after the phrase that begins at ``at``, or 0 when it is not there."""
    skipped, place = 0, at + 1
    for stem in entry.stems[1:]:
        while place < len(read) and stem not in read[place]:
            if text[place].folded not in stopwords or skipped == MOST_SKIPPED:
                return 0
            skipped += 1
            place += 1
        if place >= len(read) or text[place].sentence != text[at].sentence:
            return 0
        place += 1
    return place


def in_words(text: Sequence[Word], index: LanguageIndex) -> list[Span]:
    read = [readings(word.raw, index) for word in text]
    forms = [form for form, _ in read]
    found: list[Span] = []
    for at, (form, corrected) in enumerate(read):
        for entry in (e for stem in form for e in index.entries.get(stem, ())):
            last = _end(entry, at, forms, text, index.stopwords)
            if last:
                place = (text[at].start, text[last - 1].end, at, last, text[at].sentence)
                found += [Span(sign, *place, size=len(entry.stems), corrected=corrected) for sign in entry.signs]
    return found


def steering_in_words(text: Sequence[Word], index: LanguageIndex) -> list[Span]:
    """The phrases that deny, demand or turn; they are matched letter by letter, without stems."""
    exact = [(word.folded,) for word in text]
    found: list[Span] = []
    for at, word in enumerate(text):
        for entry in index.steering.get(word.folded, ()):
            last = _end(entry, at, exact, text, frozenset())
            if last:
                place = (word.start, text[last - 1].end, at, last, word.sentence)
                found += [Span(sign, *place, size=len(entry.stems)) for sign in entry.signs]
    return found


def in_japanese(text: str, index: LanguageIndex) -> list[Span]:
    return list(_japanese(text, index)) if has_japanese(text) else []


def _japanese(text: str, index: LanguageIndex) -> Iterator[Span]:
    folded, places = japanese_folded(text)
    sentence = 0
    for at, character in enumerate(folded):
        sentence += character in "。!?\n"
        for phrase, signs in index.characters.get(character, ()):
            if folded.startswith(phrase, at):
                end = at + len(phrase)
                for sign in signs:
                    yield Span(sign, places[at], places[end - 1] + 1, at, end, sentence, size=len(phrase))
