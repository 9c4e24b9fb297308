"""Amounts and dates as the document's language writes them."""

from datetime import date

from prd.calendar import rate
from prd.wording import Voice


def plain(voice: Voice, value: float) -> str:
    if abs(value) < 1000:
        return f"{value:g}".replace(".", voice.frame["decimal"])
    return f"{round(value):,}".replace(",", voice.frame["thousands"])


def amount(voice: Voice, value: float, currency: str) -> str:
    return str(voice.frame["money"]).format(currency=currency, amount=plain(voice, value))


def span(voice: Voice, low: float, high: float, currency: str) -> str:
    if low == high:
        return amount(voice, low, currency)
    return str(voice.frame["range"]).format(low=plain(voice, low), high=plain(voice, high), currency=currency)


def day(voice: Voice, value: date) -> str:
    return str(voice.frame["date"]).format(day=value.day, month=voice.frame["months"][value.month - 1], year=value.year)


def day_rate(voice: Voice, currency: str) -> str:
    return amount(voice, rate(currency), currency)


def hour_rate(voice: Voice, currency: str) -> str:
    return amount(voice, rate(currency, "hour_cost"), currency)
