"""What the present state costs a year, computed from the visitor's own figures."""

import re
from dataclasses import dataclass
from typing import Literal

from prd.calendar import rate
from prd.evidence import Clause
from prd.ground import Ground, pattern
from prd.wording import table

PERIODS = ("day", "week", "month", "year")
MONEY = re.compile(
    r"""(?P<sign>[€$£¥]|\b(?:EUR|USD|GBP|JPY|CHF)\b)?\s?(?P<n>\d[\d.,]*)\s?(?P<k>k|mio|million|万)?\s?
    (?P<after>[€$£¥円]|euros?|eur|usd|dollars?|dólares|pounds?|gbp|yen|chf|يورو|دولار|ユーロ|ドル)?""",
    re.I | re.X,
)
SIGNS = {
    **dict.fromkeys(("€", "eur", "euro", "euros", "يورو", "ユーロ"), "EUR"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars", "dólares", "دولار", "ドル"), "USD"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "GBP"),
    **dict.fromkeys(("¥", "円", "jpy", "yen"), "JPY"),
    "chf": "CHF",
}
FACTORS = {"k": 1_000, "mio": 1_000_000, "million": 1_000_000, "万": 10_000}


@dataclass(frozen=True, slots=True)
class Loss:
    """``amount`` per ``period`` as said; ``hours`` and ``money`` a year, money in ``currency``."""

    kind: Literal["hours", "money"]
    amount: str
    period: str
    hours: float
    money: float
    currency: str
    clause: Clause


def number(text: str) -> float:
    """A number in either notation: 1,200 and 1.200 are twelve hundred, 1.5 and 1,5 one and a half."""
    text = text.strip(".,")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
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


def _hours(ground: Ground, clause: Clause, period: str) -> Loss | None:
    for unit, share in (("hours", 1.0), ("minutes", 1 / 60)):
        found = pattern((ground.voice.words[unit],)).search(clause.text)
        if found and number(found["n"]):
            a_year = number(found["n"]) * share * table("effort")["worked"][period]
            money = a_year * rate(currency(ground), "hour_cost")
            return Loss("hours", found["n"], period, a_year, money, currency(ground), clause) if share == 1.0 else None
    return None


def _tells_of_loss(ground: Ground, clause: Clause) -> bool:
    """A price per period is a loss where the message complains, not where it merely names a figure."""
    complained = any(entry.message == clause.message for entry in ground.entries("challenges"))
    return complained or ground.matches("loss", ground.texts[clause.message])


def _money(ground: Ground, clause: Clause, period: str) -> Loss | None:
    if ground.matches("income", clause.text) or not _tells_of_loss(ground, clause):
        return None
    for found in MONEY.finditer(clause.text):
        sign = (found["sign"] or found["after"] or "").lower()
        if sign and number(found["n"]):
            amount = number(found["n"]) * FACTORS.get((found["k"] or "").lower(), 1)
            a_year = amount * (12 if period == "month" else {"day": 220, "week": 52, "year": 1}[period])
            return Loss("money", found[0].strip(), period, 0.0, a_year, SIGNS[sign], clause)
    return None


def losses(ground: Ground) -> list[Loss]:
    """Recurring losses, money before hours; the same clause counts once."""
    found = []
    for clause in ground.clauses:
        period = _period(ground, clause.text)
        if not period or clause.question or ground.used_up(clause, ("budget",)):
            continue
        loss = _money(ground, clause, period) or _hours(ground, clause, period)
        if loss:
            found.append(loss)
    return sorted(found, key=lambda loss: (loss.kind != "money", -loss.money))
