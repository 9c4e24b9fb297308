"""Sessions for tests, at a fixed time."""

from datetime import UTC, datetime

from chat.models import Session

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def new_session(**fields: object) -> Session:
    return Session.objects.create(**{"created_at": NOW, "last_activity_at": NOW, **fields})
