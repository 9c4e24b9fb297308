"""Names of persons: a lexicon of many cultures (data/names.txt) and the shape of a name as evidence for one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from chat.consultant.canon import canon
from chat.consultant.language import Language

_FILE = Path(__file__).parent / "data" / "names.txt"
_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "van von de da di du dos del della der den la le bin ibn bint al el ter ten zu y e abu o mac st freifrau "
        "freiherr بن بنت ال ابو عبد",
    )
)
_TITLES = frozenset(
    re.findall(r"\w+", "dr prof mr mrs ms miss sir frau herr sra sr srta don dona mme mlle m dipl ing med")
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['\-.][^\W\d_]+)*\.?")
_MOST_WORDS = 5
# "of the tribe, of the town": the shape of most Arab family names.
_NISBA = re.compile(r"ال[ء-ي]{2,}ي")


@dataclass(frozen=True, slots=True)
class Person:
    """[start, end) of a run of words that may be a name; ``weight`` is the evidence that it is one."""

    start: int
    end: int
    weight: int
    words: int


@lru_cache(maxsize=1)
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    given, family = _FILE.read_text(encoding="utf-8").split("[given]")[1].split("[family]")
    return frozenset(given.split()), frozenset(family.split())


def is_given(word: str) -> bool:
    parts = canon(word).lower().split("-")
    return all(part in _lexicon()[0] for part in parts)


def is_family(word: str) -> bool:
    parts = canon(word).lower().split("-")
    return all(part in _lexicon()[1] or _NISBA.fullmatch(part) for part in parts)


def _tokens(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    """Words one after the other, with nothing but blanks between."""
    at = start
    for match in _TOKEN.finditer(text, start):
        if text[at : match.start()].strip():
            return
        yield match.start(), match.end(), match[0]
        at = match.end()


def _may_continue(word: str, plain: str, cased: bool, language: Language) -> bool:
    if plain in _PARTICLES or plain in _TITLES:
        return True
    if (
        plain in language.words("stop")
        or plain in language.words("not_names")
        or language.cue("role_word").fullmatch(plain)
    ):
        return False
    return word[0].isupper() if cased else True


def read_person(text: str, start: int, language: Language) -> Person | None:
    """The name that begins at ``start``: as many words as can belong to it, with what speaks for it."""
    found: list[tuple[int, int, str]] = []
    cased = False
    for begin, end, word in _tokens(text, start):
        plain = canon(word).lower().rstrip(".")
        cased = cased or (word[0].isupper() and plain not in _TITLES)
        known = is_given(plain) or is_family(plain)
        if not _may_continue(word, plain, cased, language) or (not cased and found and not known and len(found) > 1):
            break
        found.append((begin, end, word))
        if word.endswith(".") and plain not in _TITLES and len(plain) > 1:
            break
    while found and canon(found[-1][2]).lower().rstrip(".") in _PARTICLES:
        found.pop()
    names = [word for _, _, word in found if canon(word).lower().rstrip(".") not in _PARTICLES | _TITLES]
    if not names or len(found) > _MOST_WORDS:
        return None
    end = found[-1][1] - (1 if found[-1][2].endswith(".") and len(found[-1][2]) > 2 else 0)
    return Person(found[0][0], end, _weight(names), len(names))


def _weight(names: list[str]) -> int:
    """A known given name first counts most; a family name that follows, and capitals, make it surer."""
    first, rest = names[0].rstrip("."), [name.rstrip(".") for name in names[1:]]
    weight = 2 if is_given(first) else 1 if is_family(first) else 0
    weight += 1 if any(is_family(name) or is_given(name) for name in rest) else 0
    return weight + (1 if rest and all(name[0].isupper() for name in names) else 0)
