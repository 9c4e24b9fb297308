"""What a use case gives back to whoever called it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """``result`` names what was made (ids as text); it travels in the acknowledgement and is replayed to a resend."""

    result: dict[str, Any] = field(default_factory=dict)
