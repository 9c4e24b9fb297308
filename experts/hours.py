"""Hours of a day as people write them, ``09:00-12:30, 13:30-24:00``, and as minutes of the day. Pure."""

import re
from collections.abc import Iterable
from itertools import pairwise

Interval = tuple[int, int]
_PART = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})")
DAY = 24 * 60


class BadHours(ValueError):
    """The text tells what is wrong with the hours."""


def parse(text: str) -> list[Interval]:
    """In order of time; empty text is a day off."""
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    intervals = sorted(_interval(part) for part in parts)
    for (_, end), (start, until) in pairwise(intervals):
        if start < end:
            raise BadHours(f"{write([(start, min(end, until))])} is given twice.")
    return _joined(intervals)


def _interval(part: str) -> Interval:
    found = _PART.fullmatch(part)
    if found is None:
        raise BadHours(f"Write {part} as 09:00-17:00.")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    start, end = first_hour * 60 + first_minute, last_hour * 60 + last_minute
    if max(first_minute, last_minute) > 59 or start >= DAY or end > DAY:
        raise BadHours(f"{part} is not a time of the day.")
    if end <= start:
        raise BadHours(f"{part} ends before it starts; a shift over midnight ends at 24:00 and goes on the next day.")
    return start, end


def _joined(intervals: Iterable[Interval]) -> list[Interval]:
    """09:00-12:00, 12:00-17:00 is one stretch."""
    joined: list[Interval] = []
    for start, end in intervals:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def write(intervals: Iterable[Iterable[int]]) -> str:
    return ", ".join(
        "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in interval) for interval in intervals
    )
