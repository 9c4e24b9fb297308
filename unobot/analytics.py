"""How conversations become meetings: figures computed from plain rows. Pure; times are aware UTC, shares percent."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median

QUALIFIED = 40
CAPACITY_DAYS = 28
MOST_QUESTIONS = 12
_WAITS = (
    ("under 5 minutes", timedelta(minutes=5)),
    ("5 to 15 minutes", timedelta(minutes=15)),
    ("15 minutes to an hour", timedelta(hours=1)),
    ("1 to 24 hours", timedelta(days=1)),
    ("more than a day", timedelta.max),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One session. ``asked`` is the question that stood open when it was left; None when it goes on or was booked."""

    begun: datetime
    said: int = 0
    score: int | None = None
    has_prd: bool = False
    booked_at: datetime | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """``status`` as bookings have it: confirmed, completed, no_show or cancelled."""

    expert: str
    status: str


@dataclass(frozen=True, slots=True)
class Step:
    """``share`` is of the first step, ``kept`` of the one before."""

    label: str
    count: int
    share: int
    kept: int


@dataclass(frozen=True, slots=True)
class Bar:
    """``share`` is of the whole, ``width`` of the longest bar."""

    label: str
    count: int
    share: int
    width: int


@dataclass(frozen=True, slots=True)
class Load:
    """Meetings of one expert against the places of the period; ``missed`` of those ``over``."""

    expert: str
    meetings: int
    places: int
    share: int
    missed: int
    over: int


@dataclass(frozen=True, slots=True)
class Goal:
    label: str
    measured: str
    wanted: str
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    funnel: list[Step]
    drop_off: list[Bar]
    scores: list[Bar]
    waits: list[Bar]
    loads: list[Load]
    goals: list[Goal]
    mean_score: float | None
    median_wait_minutes: float | None
    missed: int
    over: int
    cancelled: int

    @property
    def missed_share(self) -> int:
        return percent(self.missed, self.over)


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def funnel(visits: Sequence[Visit]) -> list[Step]:
    """Distinct visits that came so far; a step may be reached without the one before it."""
    counts = {
        "Visits": len(visits),
        "Conversations": sum(visit.said > 0 for visit in visits),
        f"Qualified, score {QUALIFIED}+": sum((visit.score or 0) >= QUALIFIED for visit in visits),
        "With a PRD": sum(visit.has_prd for visit in visits),
        "With a meeting": sum(visit.booked_at is not None for visit in visits),
    }
    befores = [len(visits), *counts.values()]
    return [
        Step(label, count, percent(count, len(visits)), percent(count, before))
        for (label, count), before in zip(counts.items(), befores, strict=False)
    ]


def _bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    rows = list(counts)
    total, longest = sum(count for _, count in rows), max((count for _, count in rows), default=0)
    return [Bar(label, count, percent(count, total), percent(count, longest)) for label, count in rows]


def drop_off(visits: Iterable[Visit]) -> list[Bar]:
    """The questions at which conversations were left, the worst first."""
    left = Counter(visit.asked for visit in visits if visit.asked is not None and visit.said)
    ranked = sorted(left.items(), key=lambda row: (-row[1], row[0]))[:MOST_QUESTIONS]
    return _bars((question.replace("_", " "), count) for question, count in ranked)


def scores(visits: Iterable[Visit]) -> list[Bar]:
    """Tens; the last has 90 to 100."""
    tens = Counter(min(visit.score // 10, 9) for visit in visits if visit.score is not None)
    return _bars((f"{ten * 10} to {100 if ten == 9 else ten * 10 + 9}", tens[ten]) for ten in range(10))


def waits(times: Sequence[timedelta]) -> list[Bar]:
    """How long from the first contact to the booking."""
    fell = Counter(next(label for label, limit in _WAITS if time < limit) for time in times)
    return _bars((label, fell[label]) for label, _ in _WAITS)


def loads(meetings: Sequence[Meeting], capacities: Iterable[tuple[str, int]], days: int) -> list[Load]:
    """``capacities`` is meetings in four weeks by expert; an expert who met somebody is listed without one, too."""
    held = Counter(meeting.expert for meeting in meetings if meeting.status != "cancelled")
    missed = Counter(meeting.expert for meeting in meetings if meeting.status == "no_show")
    over = Counter(meeting.expert for meeting in meetings if meeting.status in ("no_show", "completed"))
    places = {**dict.fromkeys(held, 0), **dict(capacities)}
    rows = []
    for expert, capacity in places.items():
        fits = round(capacity * days / CAPACITY_DAYS)
        rows.append(Load(expert, held[expert], fits, percent(held[expert], fits), missed[expert], over[expert]))
    return sorted(rows, key=lambda row: (-row.share, row.expert))


def _goal(label: str, value: int | None, wanted: int, unit: str = " %") -> Goal:
    return Goal(
        label, "-" if value is None else f"{value}{unit}", f"{wanted}{unit}", None if value is None else value >= wanted
    )


def _median_minutes(times: Sequence[timedelta]) -> float | None:
    return median(time / timedelta(minutes=1) for time in times) if times else None


def _goals(steps: Sequence[Step], mean_score: float | None, wait: float | None) -> list[Goal]:
    """What the business wants of the bot, against what happened; no verdict where nothing did."""
    visits, talks, _, prds, booked = (step.count for step in steps)
    return [
        _goal("Visitors who say something", percent(talks, visits) if visits else None, 15),
        _goal("Conversations with a PRD", percent(prds, talks) if talks else None, 60),
        _goal("PRDs followed by a meeting", percent(booked, prds) if prds else None, 70),
        _goal("Conversations with a meeting", percent(booked, talks) if talks else None, 40),
        _goal("Mean lead score", None if mean_score is None else round(mean_score), 70, ""),
        Goal(
            "Median time to a booking", "-" if wait is None else f"{wait:.0f} min", "under 15 min",
            None if wait is None else wait < 15,
        ),
    ]  # fmt: skip


def analyse(
    visits: Sequence[Visit], meetings: Sequence[Meeting], capacities: Iterable[tuple[str, int]], *, days: int
) -> Report:
    """``meetings`` begin in the period of ``days``, ``visits`` began in it."""
    steps = funnel(visits)
    known = [visit.score for visit in visits if visit.score is not None]
    times = [visit.booked_at - visit.begun for visit in visits if visit.booked_at is not None]
    score, wait = mean(known) if known else None, _median_minutes(times)
    statuses = Counter(meeting.status for meeting in meetings)
    return Report(
        funnel=steps,
        drop_off=drop_off(visits),
        scores=scores(visits),
        waits=waits(times),
        loads=loads(meetings, capacities, days),
        goals=_goals(steps, score, wait),
        mean_score=score,
        median_wait_minutes=wait,
        missed=statuses["no_show"],
        over=statuses["no_show"] + statuses["completed"],
        cancelled=statuses["cancelled"],
    )
