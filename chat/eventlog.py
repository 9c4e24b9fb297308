"""Reading a session's log: the same for a join, a healed gap, the REST twin and the position check."""

from collections.abc import Iterable
from uuid import UUID

from chat.models import Event, Session

PAGE = 500

Frame = tuple[int, str]


def after(session_id: UUID, seq: int, *, limit: int = PAGE) -> list[Frame]:
    """Encoded events with a ``seq`` above the given one, in order, at most ``limit``."""
    rows = Event.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")
    return list(rows.values_list("seq", "body")[:limit])


def positions(session_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The last ``seq`` of each session."""
    return dict(Session.objects.filter(pk__in=list(session_ids)).values_list("pk", "last_seq"))
