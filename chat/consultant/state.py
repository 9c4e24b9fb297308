"""What the dialogue remembers beside the facts. JSON by msgspec, kept with the session."""

from datetime import datetime
from typing import Any, Literal

import msgspec

from chat import shapes


class Pending(msgspec.Struct, frozen=True):
    """What the next yes or no decides. ``options`` are the values shown, first the older."""

    kind: Literal["conflict", "email", "erase", "export", "withdraw_consent", "update_prd", "service"]
    slot: str = ""
    options: tuple[Any, ...] = ()


class State(msgspec.Struct, frozen=True, kw_only=True):
    """``currency``: the one last named with a budget. ``phase`` may be set from outside; the rest is the policy's."""

    language: str = "en"
    language_fixed: bool = False
    heard: str = "en"
    currency: str = ""
    own_name: str = ""
    seed: int = 0
    phase: shapes.Phase = "greeting"
    asking: tuple[str, ...] = ()
    asks: dict[str, int] = {}
    turns: int = 0
    probed: bool = False
    pending: Pending | None = None
    summary_shown: bool = False
    summary_approved: bool = False
    service_asked: bool = False
    told: tuple[str, ...] = ()
    stray: int = 0
    not_lead: int = 0
    paused: bool = False


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """One message of the visitor. ``number`` is its place in the session; ``now`` is aware UTC."""

    text: str
    number: int
    now: datetime
    quick: shapes.AnyQuickCommand | None = None
    timezone: str | None = None
