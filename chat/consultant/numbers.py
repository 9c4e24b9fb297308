"""Numbers as people write them: separators of every locale, "k" and "Mio", words ("fifty thousand", 五百万)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chat.consultant.canon import canon
from chat.consultant.language import Language, load

_DIGITS = r"\d{1,3}(?:[ '.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class Number:
    """``scaled`` when a multiplier ("k", "Mio") or a number word of a thousand or more was said."""

    value: float
    start: int
    end: int
    scaled: bool
    bare: float


def read_digits(text: str) -> float:
    """The value of a digit string whatever its separators: 80.000, 80,000, 1'500.50, 2,5."""
    text = text.replace(" ", "").replace("'", "")
    last = max(text.rfind("."), text.rfind(","))
    if last < 0:
        return float(text)
    both = "." in text and "," in text
    grouped = not both and re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text) and not text.startswith("0")
    if grouped:
        return float(re.sub(r"[.,]", "", text))
    return float(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])


@dataclass(frozen=True)
class _Words:
    values: dict[str, float]
    large: dict[str, float]
    pattern: re.Pattern[str]
    split: re.Pattern[str]


def _alternation(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"


def _folded(table: dict[str, float]) -> dict[str, float]:
    return {canon(word).lower(): float(value) for word, value in table.items()}


@lru_cache(maxsize=32)
def _words(code: str) -> _Words:
    language = load(code)
    numbers = language.table("numbers")
    values = _folded(numbers.get("values", {}))
    large = _folded(numbers["large"])
    glue = canon(numbers.get("glue", r"[\s-]+(?:and\s+)?"))
    small = _alternation(list(values))
    big = _alternation(list(large))
    # "k" and "m" scale a figure; alone they are letters.
    alone = _alternation([word for word in large if (len(word) > 2 if language.spaced else not word.isascii())])
    edge = ("(?<![^\\W\\d_])", "(?![^\\W\\d_])") if language.spaced else ("", "")
    prefix = numbers.get("prefix", "")
    spelled = f"(?:{small})(?:(?:{glue})(?:{small}|{big}))*|(?:{alone})" if values else "(?!)"
    source = f"(?P<digits>{_DIGITS})(?:\\s*-?(?P<scale>(?:{big})(?:\\s+(?:{big}))*){edge[1]})?"
    source += f"|{edge[0]}{prefix}(?P<words>{spelled}){edge[1]}"
    return _Words(values, large, re.compile(source, re.IGNORECASE), re.compile(f"{small}|{big}", re.IGNORECASE))


def _scale(text: str, words: _Words) -> float:
    product = 1.0
    for found in words.split.finditer(text.lower()):
        product *= words.large.get(re.sub(r"\s+", " ", found[0]), 1.0)
    return product


def _spelled(text: str, words: _Words) -> float:
    total = current = 0.0
    for found in words.split.finditer(text.lower()):
        word = re.sub(r"\s+", " ", found[0])
        if word in words.large:
            total, current = total + (current or 1.0) * words.large[word], 0.0
        elif words.values[word] in (10, 100, 1000) and 0 < current < words.values[word]:
            current *= words.values[word]
        else:
            current += words.values[word]
    return total + current


def _number(match: re.Match[str], words: _Words) -> Number:
    if match["digits"]:
        bare = read_digits(match["digits"])
        factor = _scale(match["scale"] or "", words)
        return Number(bare * factor, match.start(), match.end(), factor > 1, bare)
    value = _spelled(match["words"], words)
    return Number(value, match.start(), match.end(), value >= 1000, value)


def find_numbers(text: str, language: Language) -> Iterator[Number]:
    """All numbers of ``text`` (already canonical), left to right."""
    words = _words(language.code)
    for match in words.pattern.finditer(text):
        if match["digits"] and match.start() and re.match(r"[A-Za-z_]", text[match.start() - 1]) and language.spaced:
            before = re.search(r"[A-Za-z]+$", text[: match.start()])
            if before and before[0].lower() not in ("eur", "usd", "gbp", "chf", "rs", "r", "us", "inr", "aed", "sar"):
                continue
        yield _number(match, words)
