from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> frozenset[str]:
    """All IANA names; finding them on the disk takes longer than booking a meeting."""
    return frozenset(available_timezones())
