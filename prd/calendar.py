"""Estimate and calendar of the plan: pure arithmetic on the effort table, in person-days, money and dates."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prd.wording import table


@dataclass(frozen=True, slots=True)
class Span:
    """Least and most of something."""

    low: float
    high: float

    def scaled(self, factor: float) -> "Span":
        return Span(self.low * factor, self.high * factor)

    def plus(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    @property
    def whole(self) -> "Span":
        return Span(math.ceil(self.low), math.ceil(self.high))

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with its effort in person-days and its dates at the upper end of the effort; ``end`` is its last day."""

    name: str
    days: Span
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """``first`` and ``last``: the end of the project at the lower and at the upper effort."""

    phases: tuple[Phase, ...]
    days: Span
    start: date
    first: date
    last: date


def effort(topics: Sequence[tuple[int, int]], systems: int, wishes: int) -> Span:
    """Person-days, given those of each topic alone; a topic after the first shares much of the ground work."""
    extra = table("effort")["extra"]
    total = Span(*extra["system"]).scaled(systems).plus(Span(*extra["wish"]).scaled(wishes))
    for place, days in enumerate(topics):
        total = total.plus(Span(*days).scaled(1.0 if place == 0 else extra["further_topic"]))
    return total.whole


def _working_end(start: date, days: float) -> date:
    calendar = table("effort")["calendar"]
    weeks = days / (calendar["people"] * calendar["days_a_week"])
    return start + timedelta(days=max(4, math.ceil(weeks * 7) - 3))


def next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def schedule(created: date, days: Span) -> Schedule:
    calendar, shares = table("effort")["calendar"], table("effort")["phases"]
    start = next_monday(created + timedelta(days=calendar["start_after_days"]))
    phases = []
    at, left = start, days
    for place, (name, share) in enumerate(shares.items()):
        part = left if place == len(shares) - 1 else Span(round(days.low * share), round(days.high * share))
        left = Span(left.low - part.low, left.high - part.high)
        end = _working_end(at, part.high)
        phases.append(Phase(name, part, at, end))
        at = next_monday(end)
    first = phases[0].start + (phases[-1].end - phases[0].start) * (days.low / days.high)
    return Schedule(tuple(phases), days, start, first, phases[-1].end)


def rate(currency: str, name: str = "day_rate") -> int:
    rates = table("effort")[name]
    return int(rates.get(currency, rates["other"]))


def rounded(amount: float) -> int:
    """Two leading digits are all that an estimate knows."""
    if amount < 100:
        return round(amount)
    step = 10 ** (len(str(int(amount))) - 2)
    return int(round(amount / step) * step)
