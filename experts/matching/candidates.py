"""What the ranking is told: one need and the experts who may fit it. Nothing personal is among the scored fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """The visitor's messages as (number, text), the facts that stand, and when it is asked.

    ``facts``: industry (str) and tech_stack (str or list of str) are read, others are ignored.
    """

    texts: tuple[tuple[int, str], ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
    language: str = "en"
    timezone: str | None = None
    asked_at: datetime | None = None


class Profile(NamedTuple):
    """The words of an expert's profile: all that tells of capability."""

    role: str
    specialties: tuple[str, ...]
    bio: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """``load`` of ``capacity`` places are taken; ``first_slot`` is the first free start, or None when none is known."""

    id: str
    role: str
    bio: str
    specialties: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    timezone: str = "UTC"
    industries: tuple[str, ...] = ()
    load: int = 0
    capacity: int = 8
    active: bool = True
    first_slot: datetime | None = None
    recent_first_places: int = 0

    @property
    def listed(self) -> bool:
        return self.active and self.load < self.capacity
