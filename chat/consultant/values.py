"""Facts as words: amounts, dates, lists, each in the language of the reply."""

from typing import Any

from chat.consultant.language import Language
from chat.consultant.listening import Span, split_clauses

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
_SHORT = 12


def shorten(text: str, language: Language, words: int = _SHORT) -> str:
    """The first words of the visitor's sentence; a script without spaces counts characters."""
    if not language.spaced:
        return text if len(text) <= words * 3 else text[: words * 3] + "…"
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:-") + " …"


def _length(text: str, language: Language) -> int:
    """Words; three characters count as one in a script without spaces."""
    return len(text.split()) if language.spaced else len(text) // 3


def gist(text: str, language: Language, words: int = _SHORT) -> str:
    """The visitor's own words in at most ``words``: whole clauses where they fit, else the first words and "…"."""
    if _length(text, language) <= words:
        return text
    clauses = list(split_clauses(Span(0, len(text), text), language))
    fitting = [c for c in clauses if 3 <= _length(text[: c.end], language) <= words]
    if fitting:
        return text[: fitting[-1].end]
    telling = [c for c in clauses if 3 <= _length(c.text, language) <= words and language.has("pain", c.text)]
    return telling[0].text if telling else shorten(text, language, words)


def amount(value: float | None, currency: str, language: Language) -> str:
    grouped = f"{value or 0:,.0f}".replace(",", language.data["language"].get("thousands", ","))
    return (
        f"{grouped} {currency}"
        if language.data["language"].get("currency_after", False)
        else f"{_SYMBOLS.get(currency, currency + ' ')}{grouped}"
    )


def budget(value: dict[str, Any], language: Language) -> str:
    words, low, high = language.table("values"), value.get("min"), value.get("max")
    currency = str(value.get("currency") or "")
    if low is None and high is None:
        return str(words["open_budget"])
    if low is None and high is not None:
        return str(words["up_to"]).format(value=amount(high, currency, language))
    if high is None and low is not None:
        return str(words["at_least"]).format(value=amount(low, currency, language))
    if low == high:
        return amount(low, currency, language)
    return str(words["between"]).format(low=amount(low, currency, language), high=amount(high, currency, language))


def _size(value: Any, language: Language) -> str:
    if isinstance(value, int):
        return str(value)
    low, high = value.get("min"), value.get("max")
    words = language.table("values")
    if low is not None and high is not None:
        return str(words["between"]).format(low=low, high=high)
    return str(words["at_least" if high is None else "up_to"]).format(value=low if high is None else high)


def _timeline(value: dict[str, Any], language: Language) -> str:
    words = language.table("values")
    return str(value.get("text") or value.get("date")) if value["kind"] == "date" else str(words[value["kind"]])


def _authority(value: dict[str, Any], language: Language) -> str:
    words, name = language.table("values"), value.get("name")
    if value["self"]:
        return str(words["joint"]).format(name=name) if name else str(words["self_decides"])
    return str(words["other_decides"]).format(name=name) if name else str(words["not_self"])


def in_words(slot: str, value: Any, language: Language) -> str:
    """A value as a person would say it; a list slot takes one entry or the list."""
    if isinstance(value, list):
        return enumerate_words([in_words(slot, item, language) for item in value], language)
    if slot == "industry":
        return str(language.table("industry_names").get(value, value))
    readers = {"budget": budget, "company_size": _size, "timeline": _timeline, "decision_maker": _authority}
    if slot in readers:
        return readers[slot](value, language)
    return shorten(str(value), language)


def enumerate_words(items: list[str], language: Language) -> str:
    comma = language.data["language"].get("comma", ", ")
    return (
        items[0]
        if len(items) == 1
        else comma.join(items[:-1]) + str(language.table("values")["and"]) + items[-1]
        if items
        else ""
    )
