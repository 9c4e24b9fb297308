"""When an expert can be met: rules, busy times and a clock in, free starts out. Pure; instants are aware, UTC out.

Rules are wall-clock minutes (0 to 1440) of the expert's local dates. The grid starts at the start of each unbroken run
of one date and steps in elapsed minutes; everything else only filters it, so a booking never moves the other starts.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from experts.localtime import at_minute, ceil_minute, floor_minute, local_date, stretches

Minutes = tuple[int, int]
Rule = Literal["closed", "off_grid", "too_short", "notice", "horizon", "time_off", "calendar", "taken", "held", "cap"]
BLOCKING: frozenset[Rule] = frozenset({"taken", "held", "cap"})


class Span(NamedTuple):
    """Two instants, half-open."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """``weekly`` by weekday (Monday is 0); an override replaces its date. Lengths are minutes, ``horizon`` days."""

    timezone: str
    weekly: Mapping[int, Sequence[Minutes]]
    overrides: Mapping[date, Sequence[Minutes]] = field(default_factory=dict)
    time_off: Sequence[Span] = ()
    duration: int
    interval: int
    before: int = 0
    after: int = 0
    notice: int = 0
    horizon: int
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A booking or a live hold of ours; the busy span is the meeting with the buffers it was made with."""

    start: datetime
    busy: Span
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    meetings: Sequence[Meeting] = ()
    external: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """The rule that takes a start away; ``until`` is when a hold on it ends."""

    rule: Rule
    until: datetime | None = None

    @property
    def blocking(self) -> bool:
        """Whether the start would be offered if nobody had booked or held anything."""
        return self.rule in BLOCKING


class _Run(NamedTuple):
    day: date
    start: int
    end: int


def _union(intervals: Iterable[Minutes]) -> list[Minutes]:
    """Sorted, and joined where they overlap or touch."""
    joined: list[Minutes] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


class _Blocked:
    """A union of minute intervals that answers what overlaps [start, end)."""

    def __init__(self, spans: Iterable[Span]) -> None:
        union = _union((floor_minute(span.start), ceil_minute(span.end)) for span in spans)
        self.starts = [start for start, _ in union]
        self.ends = [end for _, end in union]

    def hits(self, start: int, end: int) -> bool:
        index = bisect_left(self.starts, end) - 1
        return index >= 0 and self.ends[index] > start


def _runs_on(rules: Rules, day: date) -> list[_Run]:
    intervals = rules.overrides.get(day)
    if intervals is None:
        intervals = rules.weekly.get(day.weekday(), ())
    laid = (
        (max(piece.start, piece.midnight + start), min(piece.end, piece.midnight + end))
        for piece in stretches(rules.timezone, day)
        for start, end in intervals
    )
    return [_Run(day, start, end) for start, end in _union(pair for pair in laid if pair[0] < pair[1])]


def _runs(rules: Rules, start: int, end: int) -> list[_Run]:
    """The runs of every local date that a meeting starting in [start, end) can touch."""
    first, last = local_date(rules.timezone, start), local_date(rules.timezone, end + rules.duration)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted((run for day in days for run in _runs_on(rules, day)), key=lambda run: run.start)


def _open_until(runs: Sequence[_Run]) -> list[int]:
    """For each run the end of the rule-time it begins or continues, over midnight if the next run touches."""
    ends = [run.end for run in runs]
    for i in range(len(runs) - 2, -1, -1):
        if runs[i].end == runs[i + 1].start:
            ends[i] = ends[i + 1]
    return ends


def _day_is_full(rules: Rules, taken: Taken) -> Callable[[date], bool]:
    cap = rules.cap
    if cap is None:
        return lambda _: False
    met = Counter(local_date(rules.timezone, floor_minute(meeting.start)) for meeting in taken.meetings)
    return lambda day: met[day] >= cap


def _last_day(rules: Rules, now: datetime) -> date:
    return local_date(rules.timezone, floor_minute(now)) + timedelta(days=rules.horizon)


def _earliest(rules: Rules, now: datetime) -> int:
    return ceil_minute(now + timedelta(minutes=rules.notice))


def _grid(rules: Rules, runs: Sequence[_Run], start: int, end: int) -> Iterator[tuple[date, int]]:
    for run, closes in zip(runs, _open_until(runs), strict=True):
        steps = max(0, -((run.start - start) // rules.interval))
        latest = min(end, run.end, closes - rules.duration + 1)
        for minute in range(run.start + steps * rules.interval, latest, rules.interval):
            yield run.day, minute


def free_starts(rules: Rules, taken: Taken, *, now: datetime, window: Span) -> list[datetime]:
    """Every start offered in the window, ascending; the meeting itself may end after the window."""
    start, end = max(ceil_minute(window.start), _earliest(rules, now)), ceil_minute(window.end)
    if start >= end:
        return []
    last_day, full = _last_day(rules, now), _day_is_full(rules, taken)
    runs = [run for run in _runs(rules, start, end) if run.end > start]
    away = _Blocked(rules.time_off)
    busy = _Blocked([*(meeting.busy for meeting in taken.meetings), *taken.external])
    return [
        at_minute(minute)
        for day, minute in _grid(rules, runs, start, end)
        if day <= last_day
        and not full(day)
        and not away.hits(minute, minute + rules.duration)
        and not busy.hits(minute - rules.before, minute + rules.duration + rules.after)
    ]


def open_spans(rules: Rules, window: Span) -> list[Span]:
    """When the expert's hours say open in the window, whatever else stands in the way; each date by itself."""
    start, end = floor_minute(window.start), ceil_minute(window.end)
    clipped = ((max(run.start, start), min(run.end, end)) for run in _runs(rules, start, end))
    return [Span(at_minute(first), at_minute(last)) for first, last in clipped if first < last]


def _off_rules(rules: Rules, minute: int) -> Rule | None:
    runs = _runs(rules, minute, minute + 1)
    for run, closes in zip(runs, _open_until(runs), strict=True):
        if run.start <= minute < run.end:
            if (minute - run.start) % rules.interval:
                return "off_grid"
            return "too_short" if minute + rules.duration > closes else None
    return "closed"


def _meeting_in_the_way(rules: Rules, taken: Taken, start: datetime) -> Refusal | None:
    first = start - timedelta(minutes=rules.before)
    last = start + timedelta(minutes=rules.duration + rules.after)
    hit = [meeting for meeting in taken.meetings if meeting.busy.start < last and first < meeting.busy.end]
    if not hit:
        return None
    holds = [meeting.held_until for meeting in hit if meeting.held_until is not None]
    return Refusal("held", max(holds)) if len(holds) == len(hit) else Refusal("taken")


def _away(rules: Rules, taken: Taken, minute: int) -> Rule | None:
    if _Blocked(rules.time_off).hits(minute, minute + rules.duration):
        return "time_off"
    busy = _Blocked(taken.external).hits(minute - rules.before, minute + rules.duration + rules.after)
    return "calendar" if busy else None


def explain(rules: Rules, taken: Taken, *, now: datetime, start: datetime) -> Refusal | None:
    """Why a start is not offered; None when it is. A rule outranks a booking, so ``blocking`` is decisive."""
    if start < now + timedelta(minutes=rules.notice):
        return Refusal("notice")
    if start > now + timedelta(days=rules.horizon + 2):
        return Refusal("horizon")
    minute = floor_minute(start)
    if at_minute(minute) != start:
        return Refusal("off_grid")
    day = local_date(rules.timezone, minute)
    if day > _last_day(rules, now):
        return Refusal("horizon")
    rule = _off_rules(rules, minute) or _away(rules, taken, minute)
    if rule is not None:
        return Refusal(rule)
    return _meeting_in_the_way(rules, taken, start) or (Refusal("cap") if _day_is_full(rules, taken)(day) else None)


def nearest(starts: Iterable[datetime], wanted: datetime, count: int) -> list[datetime]:
    """The ``count`` starts closest to the wanted one, in order of time."""
    return sorted(sorted(starts, key=lambda start: (abs(start - wanted), start))[:count])
