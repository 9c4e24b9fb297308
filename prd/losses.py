"""What the present state costs a year, computed from the visitor's own figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from prd.calendar import rate
from prd.evidence import Clause
from prd.ground import Ground, pattern
from prd.wording import table

PERIODS = ("day", "week", "month", "year")
TIMES_A_YEAR = {"day": 220, "week": 52, "month": 12, "year": 1}
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d[\d.,]*"
MONEY = re.compile(
    rf"""(?P<sign>[€$£¥]|\b(?:EUR|USD|GBP|JPY|CHF|SAR|AED)\b)?\s?(?P<n>{NUMBER})\s?(?P<k>k\b|mio\b|million\b|万|ألف)?\s?
    (?P<after>[€$£¥円]|euros?|eur|usd|dollars?|dólares|pounds?|gbp|yen|chf|sar|aed|يورو|دولار|ريال|درهم|دينار
    |ユーロ|ドル)?""",
    re.I | re.X,
)
SIGNS = {
    **dict.fromkeys(("€", "eur", "euro", "euros", "يورو", "ユーロ"), "EUR"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars", "dólares", "دولار", "ドル"), "USD"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("¥", "円", "jpy", "yen"), "JPY"),
    **dict.fromkeys(("sar", "ريال"), "SAR"),
    **dict.fromkeys(("aed", "درهم"), "AED"),
    "دينار": "JOD",
    "chf": "CHF",
}
FACTORS = {"k": 1_000, "mio": 1_000_000, "million": 1_000_000, "万": 10_000, "ألف": 1_000}
COUNTED = re.compile(rf"(?<![\d.,])(?:{NUMBER})(?!\s?[%\d])")
NEAR = 2
"""How many messages may lie between a count and what each one costs: our question and the answer to it."""


@dataclass(frozen=True, slots=True)
class Loss:
    """``amount`` per ``period`` as said, ``times`` so often if it was said for one of them; ``money`` a year in
    ``currency``, ``hours`` a year where hours were named. ``said`` are the clauses it was read from."""

    kind: Literal["hours", "money"]
    amount: str
    period: str
    hours: float
    money: float
    currency: str
    said: tuple[Clause, ...]
    times: str = ""

    @property
    def messages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(clause.message for clause in self.said))


@dataclass(frozen=True, slots=True)
class Amount:
    """What one occurrence costs, as said at [start, end) of its clause: hours, or money in ``currency``."""

    text: str
    start: int
    end: int
    hours: float = 0.0
    money: float = 0.0
    currency: str = ""


def number(text: str) -> float:
    """A number in any notation: 1,200 and 1.200 and 1 200 are twelve hundred, 1.5 and 1,5 one and a half."""
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+", text):
        return float(re.sub(r"\D", "", text))
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0.0


def currency(ground: Ground) -> str:
    budget = ground.entry("budget")
    stated = budget.value.get("currency") if budget and isinstance(budget.value, dict) else None
    return str(stated or table("effort")["currency_of"].get(ground.voice.language, "EUR"))


def _period(ground: Ground, text: str) -> str:
    return next((p for p in PERIODS if ground.matches(f"per_{p}", text)), "")


def _money(text: str) -> Amount | None:
    for found in MONEY.finditer(text):
        sign = (found["sign"] or found["after"] or "").lower()
        if sign and number(found["n"]):
            worth = number(found["n"]) * FACTORS.get((found["k"] or "").lower(), 1)
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            return Amount(found[0].strip(), start, found.end(), money=worth, currency=SIGNS[sign])
    return None


def _time(ground: Ground, text: str) -> Amount | None:
    for unit, share in (("hours", 1.0), ("minutes", 1 / 60)):
        found = pattern((ground.voice.words[unit],)).search(text)
        if found and number(found["n"]):
            return Amount(found[0].strip(), *found.span(), hours=number(found["n"]) * share)
    return None


def _amount(ground: Ground, clause: Clause) -> Amount | None:
    if ground.matches("income", clause.text):
        return None
    return _money(clause.text) or _time(ground, clause.text)


def _tells_of_loss(ground: Ground, clause: Clause) -> bool:
    """A price per period is a loss where the message complains, not where it merely names a figure."""
    complained = any(entry.message == clause.message for entry in ground.entries("challenges"))
    return complained or ground.matches("loss", ground.texts[clause.message])


def _loss(ground: Ground, amount: Amount, period: str, said: tuple[Clause, ...], times: str = "") -> Loss:
    """Money goes by the calendar's days and weeks, hours by the working ones."""
    count = number(times) if times else 1.0
    if amount.money:
        yearly = amount.money * count * TIMES_A_YEAR[period]
        return Loss("money", amount.text, period, 0.0, yearly, amount.currency, said, times)
    hours = amount.hours * count * table("effort")["worked"][period]
    unit = currency(ground)
    return Loss("hours", amount.text, period, hours, hours * rate(unit, "hour_cost"), unit, said, times)


def _recurring(ground: Ground, clause: Clause) -> Loss | None:
    """An amount per period."""
    period, amount = _period(ground, clause.text), _amount(ground, clause)
    if not period or amount is None or ground.matches("each", clause.text):
        return None
    if amount.money and not _tells_of_loss(ground, clause):
        return None
    return _loss(ground, amount, period, (clause,)) if amount.money or amount.hours >= 1 else None


def _each(ground: Ground, clause: Clause, others: list[Clause]) -> Loss | None:
    """What each one costs, times how many there are in a period: said in the same clause, else beside it."""
    amount = _amount(ground, clause)
    if amount is None or not ground.matches("each", clause.text):
        return None
    rest = clause.text[: amount.start] + " " * (amount.end - amount.start) + clause.text[amount.end :]
    if (period := _period(ground, rest)) and (found := COUNTED.search(rest)):
        return _loss(ground, amount, period, (clause,), found[0].strip(".,"))
    for other in others:
        if abs(other.message - clause.message) <= NEAR and (counted := _counted(ground, other)):
            return _loss(ground, amount, counted[1], (other, clause), counted[0])
    return None


def _counted(ground: Ground, clause: Clause) -> tuple[str, str] | None:
    """(count, period) of a clause that says how often, and not how much."""
    period, found = _period(ground, clause.text), COUNTED.search(clause.text)
    if not period or found is None or _amount(ground, clause):
        return None
    return found[0].strip(".,"), period


def losses(ground: Ground) -> list[Loss]:
    """Recurring losses, those in money before those in hours; the same clause counts once."""
    told = [c for c in ground.clauses if not c.question and not ground.used_up(c, ("budget", "success_criteria"))]
    found = list(_found(ground, [clause for clause in told if not ground.superseded(clause)]))
    return sorted(found, key=lambda loss: (loss.kind != "money", -loss.money))


def _found(ground: Ground, told: list[Clause]) -> Iterator[Loss]:
    for clause in told:
        loss = _each(ground, clause, told) or _recurring(ground, clause)
        if loss:
            yield loss
