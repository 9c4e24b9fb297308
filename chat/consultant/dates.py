"""When something shall be ready, read from words: quarters, parts of months, durations, holidays, ASAP, flexible.

A period stands for its last day ("in June" is 30 June), "before" a period for the day that precedes it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chat.consultant.language import Language, named_groups
from chat.consultant.lexicon import look_up
from chat.consultant.numbers import find_numbers

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
MAX_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A reading of a span: ``kind`` as in the timeline slot; ``firm`` when the span alone says "by then"."""

    kind: str
    date: date | None
    start: int
    end: int
    firm: bool
    unit_only: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    first: date
    last: date


def add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_period(year: int, month: int, months: int = 1) -> Period:
    first = date(year, month, 1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def easter(year: int) -> date:
    """Gregorian Easter Sunday (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _upcoming(month: int, months: int, today: date) -> Period:
    for year in (today.year - 1, today.year, today.year + 1):
        period = month_period(year, month, months)
        if period.last >= today:
            return period
    raise AssertionError("one of three years lies ahead")


def _of_year(month: int, months: int, groups: Mapping[str, str], today: date, language: Language) -> Period:
    year = _year(groups, today, language)
    return month_period(year, month, months) if year else _upcoming(month, months, today)


def _year(groups: Mapping[str, str], today: date, language: Language) -> int | None:
    if said := groups.get("year"):
        number = int(said)
        return number + 2000 if number < 100 else number
    if said := groups.get("yearrel"):
        return today.year + int(look_up(language, "yearrel", said))
    return None


def _exact(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    day = int(groups["day"]) if "day" in groups else int(look_up(language, "dayword", groups["dayword"]))
    month = int(groups["mon"]) if "mon" in groups else int(look_up(language, "month", groups["month"]))
    year = _year(groups, today, language)
    try:
        found = date(year or today.year, month, day)
        if year is None and found < today:
            found = date(today.year + 1, month, day)
    except ValueError:
        return None
    return Period(found, found)


def _holiday(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    kind = look_up(language, "holiday", groups["holiday"])
    for year in [_year(groups, today, language) or today.year, today.year + 1]:
        day = easter(year) if kind == "easter" else _on_calendar(str(kind), year, language)
        if day and day >= today:
            return Period(day, day)
    return None


def _on_calendar(kind: str, year: int, language: Language) -> date | None:
    listed = language.table("calendar").get(kind, {})
    if isinstance(listed, str):
        month, day = listed.split("-")
        return date(year, int(month), int(day))
    return date.fromisoformat(listed[str(year)]) if str(year) in listed else None


def _relative(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    """ "next month", "this year", "end of next week"."""
    step, unit = int(look_up(language, "rel", groups["rel"]) or 0), look_up(language, "unit", groups["unit"])
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return Period(monday, monday + timedelta(days=6))
    if unit == "day":
        return Period(today + timedelta(days=step), today + timedelta(days=step))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[str(unit)]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    first = add_months(first, months * step)
    return Period(first, add_months(first, months) - timedelta(days=1))


def _duration(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    counts = [number.value for number in find_numbers(groups["n"], language)] or [_special_count(groups["n"], language)]
    count, unit = counts[-1] if counts[-1] else 1.0, look_up(language, "unit", groups["unit"])
    if count > 1200:
        return None
    if unit in ("day", "week"):
        day = today + timedelta(days=round(count * (7 if unit == "week" else 1)))
    else:
        months = count * {"month": 1, "quarter": 3, "half": 6, "year": 12}[str(unit)]
        day = add_months(today, int(months)) + timedelta(days=round((months - int(months)) * 30))
    return Period(day, day)


def _special_count(text: str, language: Language) -> float:
    return float(look_up(language, "count", text) or 1)


def _season(groups: Mapping[str, str], today: date, language: Language) -> Period:
    first, _ = SEASONS[str(look_up(language, "season", groups["season"]))]
    period = _of_year(first, 3, groups, today, language)
    # Towards the end of a season, its name means the one of next year.
    if "year" not in groups and "yearrel" not in groups and period.last - today < timedelta(days=21):
        return Period(period.first.replace(year=period.first.year + 1), add_months(period.last, 12))
    return period


def _month(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    month = int(groups["mon"]) if "mon" in groups else int(look_up(language, "month", groups["month"]))
    return _of_year(month, 1, groups, today, language) if 1 <= month <= 12 else None


def _quarter(groups: Mapping[str, str], today: date, language: Language) -> Period:
    return _of_year(int(look_up(language, "quarter", groups["quarter"])) * 3 - 2, 3, groups, today, language)


def _half(groups: Mapping[str, str], today: date, language: Language) -> Period:
    return _of_year(int(look_up(language, "halfyear", groups["halfyear"])) * 6 - 5, 6, groups, today, language)


def _iso(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    try:
        day = date.fromisoformat(groups["iso"].replace("/", "-"))
    except ValueError:
        return None
    return Period(day, day)


# What a group that was said is read by; the first that is present decides.
_READERS: tuple[tuple[str, Callable[[Mapping[str, str], date, Language], Period | None]], ...] = (
    ("iso", _iso),
    ("day", _exact),
    ("dayword", _exact),
    ("month", _month),
    ("mon", _month),
    ("quarter", _quarter),
    ("halfyear", _half),
    ("season", _season),
    ("holiday", _holiday),
    ("rel", _relative),
    ("unit", _duration),
)


def _period(groups: Mapping[str, str], today: date, language: Language) -> Period | None:
    for name, read in _READERS:
        if name in groups:
            return read(groups, today, language)
    year = _year(groups, today, language)
    return month_period(year, 1, 12) if year else None


def _deadline(period: Period, groups: Mapping[str, str], language: Language) -> date:
    part = look_up(language, "part", groups.get("part") or "") if groups.get("part") else None
    if groups.get("before") and part in (None, "begin"):
        return period.first - timedelta(days=1)
    length = (period.last - period.first).days
    if part == "begin":
        return (
            add_months(period.first, 3) - timedelta(days=1)
            if length > 300
            else period.first + timedelta(days=0 if length < 40 else length // 4)
        )
    if part == "mid":
        if length < 31:
            return period.first.replace(day=15)
        return period.first + timedelta(days=length // 2)
    return period.last


def _is_name(match: re.Match[str], groups: Mapping[str, str]) -> bool:
    """ "Jan Petersen", "April Jones": a month's name by itself before another capital letter is a person's."""
    follows = re.match(r"\s[^\W\d_]", match.string[match.end() :])
    return set(groups) == {"month"} and match[0].istitle() and follows is not None and follows[0].strip().isupper()


def _moment(match: re.Match[str], today: date, language: Language) -> Moment | None:
    groups = named_groups(match)
    if not groups or match[0] in language.words("not_dates") or _is_name(match, groups):
        return None
    period = _period(groups, today, language)
    if period is None or not today <= period.last <= add_months(today, 12 * MAX_YEARS_AHEAD):
        return None
    deadline = max(_deadline(period, groups, language), today)
    unit_only = bool(groups.get("n"))
    return Moment(
        "date", deadline, match.start(), match.end(), bool(groups.get("by") or groups.get("before")), unit_only
    )


def find_dates(text: str, language: Language, today: date) -> Iterator[Moment]:
    """Dates that lie ahead in ``text`` (canonical, masked); of readings that overlap, the longest."""
    found = [
        moment
        for pattern in language.capturing("time")
        for match in pattern.finditer(text)
        if (moment := _moment(match, today, language)) is not None
    ]
    end = -1
    for moment in sorted(found, key=lambda m: (m.start, m.unit_only, -m.end)):
        if moment.start >= end:
            end = moment.end
            yield moment


def as_timeline(moment: Moment, quote: str) -> dict[str, Any]:
    return {"kind": moment.kind, "date": moment.date.isoformat() if moment.date else None, "text": quote}
