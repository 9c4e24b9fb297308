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
    multipliers: frozenset[float]
    units_first: bool
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
    spelled = f"(?:{small}|{alone})(?:(?:{glue})(?:{small}|{big}))*" if values else "(?!)"
    source = f"(?P<digits>{_DIGITS})(?:\\s*-?(?P<scale>(?:{big})(?:\\s+(?:{big}))*){edge[1]})?"
    source += f"|{edge[0]}{prefix}(?P<words>{spelled}){edge[1]}"
    # In some languages ten multiplies too (五十), in others it is only added (خمسة عشر).
    multipliers = frozenset(float(value) for value in numbers.get("multipliers", [100, 1000]))
    split = re.compile(f"{small}|{big}", re.IGNORECASE)
    units_first = bool(numbers.get("units_first", False))
    return _Words(values, large, multipliers, units_first, re.compile(source, re.IGNORECASE), split)


def _scale(text: str, words: _Words) -> float:
    product = 1.0
    for found in words.split.finditer(text.lower()):
        product *= words.large.get(re.sub(r"\s+", " ", found[0]), 1.0)
    return product


class _Sum:
    """A spelled number read word by word: 二千五百万, "two hundred and fifty thousand", "a million and a half"."""

    def __init__(self) -> None:
        self.total = self.group = self.last = self.scale = 0.0

    def scaled(self, factor: float) -> None:
        below = self.group + self.last
        # What is smaller than the scale word is multiplied by it; what is larger stands before it.
        if self.total < factor:
            self.total = (self.total + below or 1.0) * factor
        else:
            self.total += (below or 1.0) * factor
        self.group, self.last, self.scale = 0.0, 0.0, factor

    def counted(self, value: float, multiplies: bool) -> None:
        if value < 1 and self.scale:
            self.total += value * self.scale
        elif multiplies:
            self.group += self.last * value if 0 < self.last < value else self.last + value
            self.last = 0.0
        else:
            self.last += value

    @property
    def value(self) -> float:
        return self.total + self.group + self.last


def _spelled(text: str, words: _Words) -> float:
    read = _Sum()
    for found in words.split.finditer(text.lower()):
        word = re.sub(r"\s+", " ", found[0])
        if word in words.large:
            read.scaled(words.large[word])
        else:
            read.counted(words.values[word], words.values[word] in words.multipliers)
    return read.value


def _order(value: float) -> float:
    """Units 0, ten to nineteen 0.5 (for "quatre-vingt-dix"), tens 1, hundreds 2, 2000 in one word 3."""
    if value > 1000:
        return 3
    return 2 if value >= 100 else 1 if value >= 20 else 0.5 if value >= 10 else 0


def _apart(text: str, words: _Words) -> Iterator[tuple[int, int]]:
    """The numbers of a run of number words: "seventy and ninety thousand" are two, "seventy-two" is one."""
    start = end = 0
    order = -1.0
    for found in words.split.finditer(text.lower()):
        value = words.values.get(re.sub(r"\s+", " ", found[0]))
        multiplies = value in words.multipliers and order != 2
        rises = value is not None and (order == _order(value) or (order < _order(value) and not words.units_first))
        if rises and order >= 0 and not multiplies:
            yield start, end
            start = found.start()
        order, end = -1.0 if value is None else _order(value), found.end()
    yield start, len(text)


def _numbers(match: re.Match[str], words: _Words) -> Iterator[Number]:
    if match["digits"]:
        bare = read_digits(match["digits"])
        factor = _scale(match["scale"] or "", words)
        yield Number(bare * factor, match.start(), match.end(), factor > 1, bare)
        return
    text, offset = match["words"], match.start("words")
    for start, end in _apart(text, words):
        value = _spelled(text[start:end], words)
        yield Number(value, offset + start, offset + end, value >= 1000, value)


def _step(value: float) -> int:
    """The power of ten that a round number ends in: 1,200,000 ends in hundred thousands."""
    step = 1
    while value % (step * 10) == 0 and value >= step * 10:
        step *= 10
    return step


def _continues(first: Number, second: Number, between: str) -> bool:
    """ "1億2000万", "مليون و200 ألف": one number said in two scales."""
    joined = not between or between.strip() == "و"
    return joined and first.scaled and second.scaled and second.value < _step(first.value)


def find_numbers(text: str, language: Language) -> Iterator[Number]:
    """All numbers of ``text`` (already canonical), left to right."""
    held: Number | None = None
    for number in _single_numbers(text, language):
        if held and _continues(held, number, text[held.end : number.start]):
            value = held.value + number.value
            held = Number(value, held.start, number.end, True, value)
            continue
        if held:
            yield held
        held = number
    if held:
        yield held


def _single_numbers(text: str, language: Language) -> Iterator[Number]:
    words = _words(language.code)
    for match in words.pattern.finditer(text):
        if match["digits"] and match.start() and re.match(r"[A-Za-z_]", text[match.start() - 1]) and language.spaced:
            before = re.search(r"[A-Za-z]+$", text[: match.start()])
            if before and before[0].lower() not in ("eur", "usd", "gbp", "chf", "rs", "r", "us", "inr", "aed", "sar"):
                continue
        yield from _numbers(match, words)
