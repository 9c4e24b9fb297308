"""Amounts of money in running text: symbols, codes and words, ranges, "up to", "at least", "not X"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from chat.consultant.canon import canon
from chat.consultant.language import Language, load
from chat.consultant.numbers import Number, find_numbers
from chat.consultant.reference import reference

_WINDOW = 32


@dataclass(frozen=True, slots=True)
class Amount:
    """``low``/``high`` None: open at that end. ``said_currency`` None: none was said."""

    low: float | None
    high: float | None
    said_currency: str | None
    start: int
    end: int
    scaled: bool
    negated: bool = False
    largest: float = 0

    @property
    def looks_like_money(self) -> bool:
        return self.said_currency is not None or self.scaled


@lru_cache(maxsize=32)
def _currency(code: str) -> tuple[re.Pattern[str], Mapping[str, str]]:
    language = load(code)
    own = {canon(word).lower(): iso for word, iso in language.table("currencies").items()}
    table = {**reference()["currencies"], **own}
    parts = [re.escape(word).replace(r"\ ", r"\s+") for word in sorted(table, key=len, reverse=True)]
    words = [p + (r"(?![^\W\d_])" if p[-1].isalpha() and language.spaced else "") for p in parts]
    return re.compile("|".join(words), re.IGNORECASE), table


def _with_currency(number: Number, text: str, language: Language) -> Amount:
    pattern, table = _currency(language.code)
    start, end, said = number.start, number.end, None
    after = re.match(rf"\s?(?:(?:de|of|d'|in|en)\s?)?(?P<cur>{pattern.pattern})", text[end:], re.IGNORECASE)
    before = re.search(
        rf"(?<![^\W\d_])(?P<cur>{pattern.pattern})\s?\Z", text[max(0, start - 10) : start], re.IGNORECASE
    )
    if after:
        said, end = table.get(_key(after["cur"])), end + after.end()
    elif before:
        said = table.get(_key(before["cur"]))
        start -= len(before[0])
    return Amount(number.value, number.value, said, start, end, number.scaled, largest=number.value)


def _key(word: str) -> str:
    return re.sub(r"\s+", " ", word.lower())


def _joined(first: Amount, second: Amount, numbers: tuple[Number, Number], text: str, language: Language) -> bool:
    between = text[first.end : second.start].strip()
    if between and len(between) <= 48 and language.cue("money_stretch").search(between):
        return True
    if not between or len(between) > 24 or numbers[0].value > 1e12:
        return False
    if language.cue("money_to").fullmatch(between) or between in {"-", "--", "~", "/"}:
        return True
    lead = text[max(0, first.start - _WINDOW) : first.start]
    return bool(language.cue("money_and").fullmatch(between)) and language.has("money_between", lead)


def _range(first: Amount, second: Amount, numbers: tuple[Number, Number]) -> Amount:
    low, factor = first.low or 0, numbers[1].value / numbers[1].bare if numbers[1].bare else 1
    if not first.scaled and second.scaled and numbers[0].bare < 1000:
        low *= factor if factor > 1 else 1000 if numbers[1].value >= 1000 > numbers[0].bare else 1
    high = second.high or 0
    if not second.scaled and high < 1000 <= low and high < low:
        high *= 1000 if low < 1e6 else 1e6
    said = first.said_currency or second.said_currency
    return Amount(
        min(low, high),
        max(low, high),
        said,
        first.start,
        second.end,
        first.scaled or second.scaled,
        largest=max(low, high),
    )


def _merge(amounts: list[Amount], numbers: list[Number], text: str, language: Language) -> list[Amount]:
    merged: list[Amount] = []
    i = 0
    while i < len(amounts):
        pair = (numbers[i], numbers[i + 1]) if i + 1 < len(amounts) else None
        if pair and _joined(amounts[i], amounts[i + 1], pair, text, language):
            span = _range(amounts[i], amounts[i + 1], pair)
            lead = _lead("money_between", span, text, language)
            merged.append(span if lead is None else replace(span, start=lead))
            i += 2
        else:
            merged.append(amounts[i])
            i += 1
    return merged


def _lead(name: str, amount: Amount, text: str, language: Language) -> int | None:
    """Where a cue that stands right before the amount begins; fillers ("about", "the") may stand between."""
    offset = max(0, amount.start - _WINDOW)
    window = text[offset : amount.start]
    for match in language.cue(name).finditer(window):
        rest = window[match.end() :].strip()
        if not rest or language.cue("money_filler").fullmatch(rest):
            return offset + match.start()
    return None


def _tail(name: str, amount: Amount, text: str, language: Language) -> int | None:
    rest = text[amount.end : amount.end + _WINDOW]
    gap = len(rest) - len(rest.lstrip(" ,("))
    match = language.cue(name).match(rest, gap)
    # In "40, at most 60" the words belong to the next figure.
    ahead = match is not None and re.match(r"\s*\d", rest[match.end() :])
    return amount.end + match.end() if match and not ahead else None


def _qualified(amount: Amount, text: str, language: Language) -> Amount:
    if _tail("money_not_after", amount, text, language):
        return replace(amount, negated=True)
    start, ceiling = _lead("money_not", amount, text, language), _lead("money_most", amount, text, language)
    # "No más de 60 mil" begins with a no and is a ceiling.
    if start is not None and (ceiling is None or ceiling > start):
        return replace(amount, negated=True, start=start)
    for name, change in (("most", {"low": None}), ("least", {"high": None})):
        start, end = (
            _lead(f"money_{name}", amount, text, language),
            _tail(f"money_{name}_after", amount, text, language),
        )
        if (start is not None or end is not None) and amount.low == amount.high:
            kept: dict[str, Any] = change
            return replace(amount, start=amount.start if start is None else start, end=end or amount.end, **kept)
    return amount


def find_amounts(text: str, language: Language) -> list[Amount]:
    """Every amount of ``text`` (canonical, masked), money or not; the caller decides by cue and unit."""
    numbers = list(find_numbers(text, language))
    amounts = [_with_currency(number, text, language) for number in numbers]
    qualified = [_qualified(amount, text, language) for amount in _merge(amounts, numbers, text, language)]
    return list(_bounded(qualified, text, language))


def _bounded(amounts: list[Amount], text: str, language: Language) -> Iterator[Amount]:
    """ "At least 40, at most 60 thousand", "70,000, could stretch to 85,000": two sums that bound one budget."""
    held: Amount | None = None
    for amount in amounts:
        if held is not None and _bounds(held, amount, text, language):
            low = held.low or 0
            low *= 1000 if low < 1000 <= (amount.high or 0) and amount.scaled and not held.scaled else 1
            said = held.said_currency or amount.said_currency
            high = amount.high or 0
            held = replace(
                held, low=low, high=high, said_currency=said, end=amount.end, largest=high, scaled=amount.scaled
            )
            continue
        if held is not None:
            yield held
        held = amount
    if held is not None:
        yield held


def _bounds(first: Amount, second: Amount, text: str, language: Language) -> bool:
    between = text[first.end : second.start]
    if first.negated or second.negated or len(between) > 48 or (second.high or 0) <= (first.low or 0):
        return False
    if first.high is None and second.low is None:
        return not re.search(r"\w{4}", between)
    stretched = language.cue("money_stretch").search(between)
    return first.low is not None and bool(stretched) and not re.search(r"[.!?]\s", between)


def said_currency(text: str, language: Language) -> str | None:
    """The one currency a message names beside a figure or apart from it; None when there are none or several."""
    pattern, table = _currency(language.code)
    named = {
        table.get(_key(match[0]))
        for match in re.finditer(rf"(?<![^\W\d_])(?:{pattern.pattern})", canon(text), re.IGNORECASE)
    }
    return named.pop() if len(named) == 1 else None


def as_budget(amount: Amount, currency: str) -> dict[str, Any]:
    """The slot value; whole numbers stay whole. ``currency`` stands in when none was said."""

    def plain(value: float | None) -> float | int | None:
        return int(value) if value is not None and value == int(value) else value

    return {"min": plain(amount.low), "max": plain(amount.high), "currency": amount.said_currency or currency}
