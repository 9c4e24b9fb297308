"""The known word a misspelt one was meant to be, by Damerau-Levenshtein distance ("gdrp" is "gdpr")."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
SHORT = 5
TWO_EDITS_LENGTH = 9


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _swapped(one: str, other: str) -> bool:
    return len(one) == len(other) and sorted(one) == sorted(other)


@dataclass(slots=True)
class Speller:
    """Corrects towards ``targets``; leaves alone what is in ``known``."""

    targets: frozenset[str]
    known: frozenset[str]
    _near: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _long: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def over(cls, targets: Iterable[str], known: Iterable[str]) -> "Speller":
        speller = cls(frozenset(w for w in targets if len(w) >= SHORTEST and w.isalpha()), frozenset(known))
        for word in sorted(speller.targets):
            for key in {word, *_shortened(word)}:
                speller._near[key].append(word)
            if len(word) >= TWO_EDITS_LENGTH - 1:
                speller._long[word[0]].append(word)
        return speller

    def correct(self, word: str) -> str | None:
        """The one target meant by ``word``, or None: it is known, too short, or nothing is near."""
        if len(word) < SHORTEST or word in self.known or word in self.targets or not word.isalpha():
            return None
        if word not in self._seen:
            if len(self._seen) > 20_000:
                self._seen.clear()
            self._seen[word] = self._nearest(word)
        return self._seen[word]

    def _nearest(self, word: str) -> str | None:
        near = {target for key in (word, *_shortened(word)) for target in self._near.get(key, ())}
        if len(word) >= TWO_EDITS_LENGTH:
            near.update(self._long.get(word[0], ()))
        found = process.extract(word, sorted(near), scorer=OSA.distance, score_cutoff=2, limit=None)
        ranked = sorted((distance, target) for target, distance, _ in found)
        return next((target for distance, target in ranked if self._plausible(word, target, distance)), None)

    @staticmethod
    def _plausible(word: str, target: str, distance: int) -> bool:
        """A typo seldom hits the first letter ("tunnel" is no "funnel"); short words only have neighbours swapped."""
        shorter = min(len(word), len(target))
        if distance == 1 and _swapped(word, target):
            return True
        if word[0] != target[0] or shorter < SHORT:
            return False
        return distance == 1 or (distance == 2 and shorter >= TWO_EDITS_LENGTH - 1)
