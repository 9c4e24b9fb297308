"""Keeps what was worked out for a profile as long as its taxonomy: an edited one must not keep the old in memory."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from chat.taxonomy.index import Index
from experts.matching.candidates import Profile

T = TypeVar("T")
MOST_PROFILES = 20_000


def remembered(work: Callable[[Profile, Index], T]) -> Callable[[Profile, Index], T]:
    kept: WeakKeyDictionary[Index, dict[Profile, T]] = WeakKeyDictionary()

    @wraps(work)
    def recall(profile: Profile, index: Index) -> T:
        known = kept.setdefault(index, {})
        if profile not in known:
            if len(known) >= MOST_PROFILES:
                known.clear()
            known[profile] = work(profile, index)
        return known[profile]

    return recall
