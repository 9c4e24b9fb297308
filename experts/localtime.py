"""A local date as stretches of constant UTC offset, and instants as whole minutes since the epoch.

Wall-clock rules are laid on these stretches: a wall time that a clock change skips lies on none of them, one that it
repeats lies on two. Converting the ends of an interval instead goes wrong on every such date.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 1440
EPOCH = date(1970, 1, 1)
_PROBE_STEP = 180
# Offsets go from -12 to +14 hours; a date line change adds a day.
_EASTERNMOST, _WESTERNMOST = 14 * 60, 12 * 60


class Stretch(NamedTuple):
    """Minutes [start, end) since the epoch during which the wall clock of one date reads ``minute - midnight``."""

    start: int
    end: int
    midnight: int


def floor_minute(instant: datetime) -> int:
    return int(instant.timestamp() // 60)


def ceil_minute(instant: datetime) -> int:
    return int(-(-instant.timestamp() // 60))


def at_minute(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def local_date(zone: str, minute: int) -> date:
    return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).date()


def _offset(zone: ZoneInfo, minute: int) -> int:
    return (datetime.fromtimestamp(minute * 60, zone).utcoffset() or timedelta()) // timedelta(minutes=1)


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first minute with the offset of ``after``, the two lying on either side of one change."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


@lru_cache(maxsize=32768)
def stretches(zone: str, day: date) -> tuple[Stretch, ...]:
    """All instants whose local date in ``zone`` is ``day``, in order; empty for a date the zone skipped."""
    tz, midnight = ZoneInfo(zone), (day - EPOCH).days * DAY
    first, last = midnight - _EASTERNMOST, midnight + DAY + _WESTERNMOST
    probes = [*range(first, last, _PROBE_STEP), last]
    changes = [_change(tz, a, b) for a, b in pairwise(probes) if _offset(tz, a) != _offset(tz, b)]
    found = []
    for start, end in zip([first, *changes], [*changes, last], strict=True):
        local_midnight = midnight - _offset(tz, start)
        piece = Stretch(max(start, local_midnight), min(end, local_midnight + DAY), local_midnight)
        if piece.start < piece.end:
            found.append(piece)
    return tuple(found)
