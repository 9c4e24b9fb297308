"""Industries by their words in each language; the value is a key that is the same in all of them."""

import re
from functools import lru_cache

from chat.consultant.canon import canon
from chat.consultant.language import Language, load


@lru_cache(maxsize=32)
def _patterns(code: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    language = load(code)
    return tuple((key, language.compile(words)) for key, words in language.table("industries").items())


def find_industry(text: str, language: Language) -> tuple[int, int, str] | None:
    """(start, end, key) of the industry that is named first; of words that start together, the longest."""
    best: tuple[int, int, str] | None = None
    for key, pattern in _patterns(language.code):
        for match in pattern.finditer(text):
            earlier = best is None or (match.start(), -match.end()) < (best[0], -best[1])
            if earlier:
                best = (match.start(), match.end(), key)
    return best


def is_industry_word(text: str, language: Language) -> bool:
    plain = canon(text).lower()
    return any(pattern.fullmatch(plain) for _, pattern in _patterns(language.code))


def industry_keys() -> tuple[str, ...]:
    return tuple(key for key, _ in _patterns("en"))


def read_industry_key(text: str, language: Language) -> str | None:
    """The key for a key itself or for words that name the industry."""
    plain = canon(text).lower().strip()
    if plain in industry_keys():
        return plain
    found = find_industry(plain, language)
    return found[2] if found else None
