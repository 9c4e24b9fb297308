"""Free text: BM25 over the experts' profiles, stemmed and typo-corrected."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chat.taxonomy.index import Index
from chat.taxonomy.typos import Speller
from chat.taxonomy.words import stems, words
from experts.matching.candidates import Profile
from experts.matching.memory import remembered

SATURATION, LENGTH_SHARE = 1.2, 0.6
TOO_COMMON = 0.3
TITLE_WEIGHT = 2


@remembered
def _terms(profile: Profile, index: Index) -> Mapping[str, int]:
    titles = Counter(content(". ".join((profile.role, *profile.specialties)), index))
    counts = Counter(content(profile.bio, index))
    for term, count in titles.items():
        counts[term] += count * TITLE_WEIGHT
    return counts


def content(text: str, index: Index) -> list[str]:
    """English stems of a text without its small words."""
    small = index.languages["en"].stopwords
    return [stems(word.raw, "en")[0] for word in words(text) if word.folded not in small and len(word.folded) > 1]


@dataclass(frozen=True, slots=True)
class Posting:
    place: int
    weight: float


@dataclass(frozen=True, slots=True)
class Wording:
    """An inverted index over profiles, by their place in the list."""

    postings: Mapping[str, Sequence[Posting]]
    speller: Speller

    def scores(self, query: Iterable[tuple[str, float]]) -> dict[int, float]:
        """BM25 by place, for weighted terms; a misspelt term counts as the profile word it is nearest to."""
        found: dict[int, float] = defaultdict(float)
        for term, weight in query:
            spelled = term if term in self.postings else self.speller.correct(term)
            for posting in self.postings.get(spelled or "", ()):
                found[posting.place] += weight * posting.weight
        return found


def over(team: Sequence[Profile], index: Index) -> Wording:
    counted = [_terms(profile, index) for profile in team]
    lengths = [sum(counts.values()) for counts in counted]
    average = sum(lengths) / max(1, len(lengths)) or 1.0
    frequency = Counter(term for counts in counted for term in counts)
    many = len(team)
    postings: dict[str, list[Posting]] = defaultdict(list)
    for place, counts in enumerate(counted):
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths[place] / average)
        for term, count in counts.items():
            if frequency[term] <= max(3, TOO_COMMON * many):
                rarity = math.log(1 + (many - frequency[term] + 0.5) / (frequency[term] + 0.5))
                postings[term].append(Posting(place, rarity * count * (SATURATION + 1) / (count + norm)))
    english = index.languages["en"]
    known = english.stopwords | english.vocabulary | english.speller.known
    return Wording(postings, Speller.over(postings, known))
