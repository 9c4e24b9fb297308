"""A week of an expert as staff see it: a grid of local dates and wall-clock times, or a strip a day. Pure.

Days are cut along the viewer's clock, so a day of 23 or 25 hours shows the hour that is missing or comes twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from experts.localtime import DAY, at_minute, floor_minute, stretches
from experts.slots import Span

Kind = Literal["meeting", "hold", "away", "elsewhere"]
State = Literal["meeting", "hold", "away", "elsewhere", "free", "open", "closed"]
STEP = 30
_OFFICE = (8 * 60, 18 * 60)
_RANK: tuple[Kind, ...] = ("meeting", "hold", "away", "elsewhere")
_PAINTED: tuple[State, ...] = ("open", "free", "elsewhere", "away", "hold", "meeting")


@dataclass(frozen=True, slots=True)
class Piece:
    """What takes time out of a week; ``label`` says whose it is, ``booking`` is the row behind it."""

    kind: Kind
    span: Span
    label: str = ""
    booking: str = ""


@dataclass(frozen=True, slots=True)
class Diary:
    """``open`` is when the hours say open; ``free`` are the starts that visitors are offered for a meeting's length."""

    open: Sequence[Span] = ()
    free: Sequence[datetime] = ()
    pieces: Sequence[Piece] = ()
    length: timedelta = timedelta(minutes=30)

    def spans(self, state: State) -> list[Span]:
        if state == "open":
            return list(self.open)
        if state == "free":
            return [Span(start, start + self.length) for start in self.free]
        return [piece.span for piece in self.pieces if piece.kind == state]


class Entry(NamedTuple):
    """A line in a cell: a meeting where it begins or goes on in a new column, or a free start."""

    clock: str
    label: str
    booking: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Half an hour that starts at the instant ``start``."""

    start: datetime
    state: State
    entries: tuple[Entry, ...]
    past: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One wall-clock time; a date has no cell where its clock skips that time, and two where it comes twice."""

    clock: str
    days: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    days: list[date]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a day's strip in minutes since the day began."""

    state: State
    start: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Strip:
    """``minutes`` is how long the day is."""

    day: date
    minutes: int
    bars: list[Bar]
    free: int
    meetings: int
    holds: int


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(zone: str, first: date) -> list[date]:
    """The week's dates; a date that the zone never had is left out."""
    return [day for day in (first + timedelta(days=n) for n in range(7)) if stretches(zone, day)]


def _day(zone: str, day: date) -> Span:
    parts = stretches(zone, day)
    return Span(at_minute(parts[0].start), at_minute(parts[-1].end))


def window(zone: str, first: date) -> Span:
    """From the week's first midnight to the next week's."""
    days = days_of(zone, first)
    return Span(_day(zone, days[0]).start, _day(zone, days[-1]).end)


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _shown_minutes(diary: Diary, zone: str) -> tuple[int, int]:
    """The part of the day, in whole hours, in which something happens on some day."""
    tz, used = ZoneInfo(zone), [*diary.open, *(p.span for p in diary.pieces if p.kind in ("meeting", "hold"))]
    minutes = [_OFFICE]
    for span in used:
        first, last = span.start.astimezone(tz), (span.end - timedelta(minutes=1)).astimezone(tz)
        over_midnight = first.date() != last.date()
        minutes.append((0, DAY) if over_midnight else (first.hour * 60, last.hour * 60 + 60))
    return min(start for start, _ in minutes), max(end for _, end in minutes)


def _instants(zone: str, day: date, minute: int) -> Iterator[Span]:
    """The half hour that reads ``minute`` on this date, as far as it exists: none, one or two spans."""
    for part in stretches(zone, day):
        start, end = max(part.start, part.midnight + minute), min(part.end, part.midnight + minute + STEP)
        if start < end:
            yield Span(at_minute(start), at_minute(end))


class _Column(NamedTuple):
    zone: str
    day: date
    span: Span

    def clock(self, instant: datetime) -> str:
        return f"{instant.astimezone(ZoneInfo(self.zone)):%H:%M}"


def _entries(diary: Diary, span: Span, column: _Column, *, top: bool) -> Iterator[Entry]:
    """``top``: the column's first cell, where what began before is named again."""
    for piece in diary.pieces:
        if _overlap(piece.span, span) and (top or span.start <= piece.span.start):
            yield Entry(column.clock(max(piece.span.start, column.span.start)), piece.label, piece.booking)
    for start in diary.free:
        if span.start <= start < span.end:
            yield Entry(column.clock(start), "", "")


def _state(diary: Diary, span: Span) -> State:
    kinds = {piece.kind for piece in diary.pieces if _overlap(piece.span, span)}
    for kind in _RANK:
        if kind in kinds:
            return kind
    if any(span.start <= start < span.end for start in diary.free):
        return "free"
    return "open" if any(_overlap(span, hours) for hours in diary.open) else "closed"


def _cells(diary: Diary, column: _Column, minute: int, *, top: bool, now: datetime) -> list[Cell]:
    return [
        Cell(span.start, _state(diary, span), tuple(_entries(diary, span, column, top=top)), past=span.end <= now)
        for span in _instants(column.zone, column.day, minute)
    ]


def grid(diary: Diary, *, zone: str, first: date, now: datetime) -> Grid:
    columns = [_Column(zone, day, _day(zone, day)) for day in days_of(zone, first)]
    since, until = _shown_minutes(diary, zone)
    rows = [
        Row(
            f"{minute // 60:02}:{minute % 60:02}",
            [_cells(diary, column, minute, top=minute == since, now=now) for column in columns],
        )
        for minute in range(since, until, STEP)
    ]
    return Grid([column.day for column in columns], rows)


def _bar(state: State, span: Span, day: Span) -> Bar:
    start, end = max(span.start, day.start), min(span.end, day.end)
    return Bar(state, floor_minute(start) - floor_minute(day.start), floor_minute(end) - floor_minute(start))


def _bars(diary: Diary, day: Span) -> Iterator[Bar]:
    """In the order in which they are painted over each other."""
    for state in _PAINTED:
        yield from (_bar(state, span, day) for span in diary.spans(state) if _overlap(span, day))


def strips(diary: Diary, *, zone: str, first: date) -> list[Strip]:
    return [_strip(diary, day, _day(zone, day)) for day in days_of(zone, first)]


def _strip(diary: Diary, day: date, span: Span) -> Strip:
    def begin(kind: Kind) -> int:
        return sum(piece.kind == kind and span.start <= piece.span.start < span.end for piece in diary.pieces)

    return Strip(
        day,
        floor_minute(span.end) - floor_minute(span.start),
        list(_bars(diary, span)),
        free=sum(span.start <= start < span.end for start in diary.free),
        meetings=begin("meeting"),
        holds=begin("hold"),
    )
