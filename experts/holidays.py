"""Public holidays as days off: overrides with a source of their own, which staff may change like any other."""

from collections.abc import Iterable
from datetime import date, timedelta

import holidays

from experts.models import DateOverride, Expert

AHEAD = timedelta(days=400)


def public_holidays(country: str, *, first: date, last: date) -> dict[date, str]:
    """By date, for a country (``DE``) or one of its regions (``DE-BY``); empty for a country nobody keeps a list of."""
    code, _, region = country.partition("-")
    try:
        found = holidays.country_holidays(code, subdiv=region or None, years=range(first.year, last.year + 1))
    except NotImplementedError:
        return {}
    return {day: name for day, name in found.items() if first <= day <= last}


def mark(experts: Iterable[Expert], *, today: date) -> int:
    """Enter the coming holidays and take out those that are none any more; what staff entered by hand stays."""
    return sum(_mark(expert, today) for expert in experts)


def _mark(expert: Expert, today: date) -> int:
    free = public_holidays(expert.country, first=today, last=today + AHEAD) if expert.country else {}
    entered = DateOverride.objects.filter(expert=expert, day__gte=today)
    entered.filter(source=DateOverride.Source.HOLIDAY).exclude(day__in=free).delete()
    known = set(entered.values_list("day", flat=True))
    missing = [
        DateOverride(expert=expert, day=day, source=DateOverride.Source.HOLIDAY, label=name[:120])
        for day, name in free.items()
        if day not in known
    ]
    DateOverride.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)
