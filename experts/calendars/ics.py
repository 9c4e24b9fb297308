"""The busy times of an iCalendar file, recurrences laid out. Pure.

Floating and all-day times are the expert's. What is marked TRANSPARENT or CANCELLED keeps nobody busy.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Event

from experts.slots import Span

MAX_OCCURRENCES = 5000
_TOO_OFTEN = {"SECONDLY", "MINUTELY"}


class BadCalendar(ValueError):
    """The text says what is wrong with the file."""


def _instant(moment: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.min)
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)).astimezone(UTC)


def _frequency(event: Event) -> str:
    rule = event.get("RRULE")
    found = rule.get("FREQ") if isinstance(rule, dict) else None
    return str(found[0] if isinstance(found, list) else found or "").upper()


def _keeps_busy(event: Event) -> bool:
    transparent = str(event.get("TRANSP", "OPAQUE")).upper() == "TRANSPARENT"
    return not transparent and str(event.get("STATUS", "")).upper() != "CANCELLED"


def _spans(occurrences: Iterator[Event], zone: ZoneInfo) -> Iterator[Span]:
    for event in occurrences:
        if _keeps_busy(event) and event.get("DTSTART") is not None:
            span = Span(_instant(event.start, zone), _instant(event.end, zone))
            if span.start < span.end:
                yield span


def _parsed(body: bytes) -> Calendar:
    try:
        calendar = Calendar.from_ical(body)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise BadCalendar("This is not an iCalendar file.") from error
    if not isinstance(calendar, Calendar):
        raise BadCalendar("This is not an iCalendar file.")
    return calendar


def busy(body: bytes, *, zone: str, window: Span) -> list[Span]:
    """Sorted; at most MAX_OCCURRENCES. Raises BadCalendar for what cannot be read or would never end."""
    calendar, expert_zone = _parsed(body), ZoneInfo(zone)
    if any(_frequency(event) in _TOO_OFTEN for event in calendar.walk("VEVENT") if isinstance(event, Event)):
        raise BadCalendar("An event repeats every minute or more often.")
    try:
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        found = query.between(window.start - timedelta(days=1), window.end + timedelta(days=1))
        spans = list(islice(_spans(iter(found), expert_zone), MAX_OCCURRENCES + 1))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise BadCalendar("The file's events cannot be read.") from error
    if len(spans) > MAX_OCCURRENCES:
        raise BadCalendar("The file has too many events.")
    return sorted(span for span in spans if span.start < window.end and span.end > window.start)
