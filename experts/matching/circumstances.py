"""What surrounds the capability: line of business, language, office hours, first free start, free places. Each 0-1."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from chat.taxonomy.index import Index
from experts.matching.candidates import Candidate, Need
from experts.matching.demand import Demand

OFFICE_HOURS = (9, 17)
ENOUGH_SHARED_HOURS = 4
SOON, LATER = timedelta(days=7), timedelta(days=14)
MISSING_DOMAIN = 0.75


def industry(candidate: Candidate, demand: Demand, index: Index) -> float:
    return affinity(candidate, demand.industries | demand.required, index)


def affinity(candidate: Candidate, wanted: frozenset[str], index: Index) -> float:
    """1 for a line of business the expert knows, less for a neighbouring one."""
    known = set(candidate.industries)
    if known & wanted:
        return 1.0
    catalogue = index.catalogue.industries
    near = [catalogue[w].neighbours.get(k, 0.0) for w in wanted if w in catalogue for k in known]
    return max(near, default=0.0)


def domain_factor(candidate: Candidate, demand: Demand, index: Index) -> float:
    """Scales the fit when a line of business was demanded that the expert does not know."""
    if not demand.required:
        return 1.0
    return MISSING_DOMAIN + (1 - MISSING_DOMAIN) * affinity(candidate, demand.required, index)


@lru_cache(maxsize=4096)
def _shared_hours(one: str, other: str, day: datetime) -> float:
    first, last = OFFICE_HOURS
    offsets = [
        (day.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()).total_seconds() / 3600 for zone in (one, other)
    ]
    apart = abs(offsets[0] - offsets[1])
    return max(0.0, last - first - min(apart, 24 - apart))


def shared_hours(candidate: Candidate, need: Need) -> float | None:
    """Office hours (9 to 17) both have at work; None when the visitor's zone is not known."""
    if need.timezone is None:
        return None
    day = (need.asked_at or datetime(2026, 1, 1, tzinfo=UTC)).replace(hour=12, minute=0, second=0, microsecond=0)
    return _shared_hours(need.timezone, candidate.timezone, day)


def language(candidate: Candidate, need: Need) -> float:
    """Half for the language, half for shared office hours; an unknown zone counts as shared."""
    spoken = 1.0 if need.language in candidate.languages else 0.0
    hours = shared_hours(candidate, need)
    return (spoken + (1.0 if hours is None else min(1.0, hours / ENOUGH_SHARED_HOURS))) / 2


def first_slot(candidate: Candidate, need: Need) -> float:
    if candidate.first_slot is None or need.asked_at is None:
        return 0.0
    wait = candidate.first_slot - need.asked_at
    return 1.0 if wait <= SOON else 0.5 if wait <= LATER else 0.0


def capacity(candidate: Candidate) -> float:
    return (candidate.capacity - candidate.load) / candidate.capacity
