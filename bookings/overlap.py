"""The absolute guard: no two blocking rows of one expert overlap, whatever code wrote them.

PostgreSQL has an exclusion constraint for it. SQLite has triggers; Django drops a table's triggers silently when it
rebuilds the table, so they are put back after every migration, and a system check looks for them.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "bookings_booking"
NAME = "booking_overlap"
_BLOCKING = "('held', 'confirmed')"

POSTGRESQL_ADD = f"""
ALTER TABLE {TABLE} ADD CONSTRAINT {NAME}
EXCLUDE USING gist (expert_id WITH =, tstzrange(busy_from, busy_until, '[)') WITH &&) WHERE (status IN {_BLOCKING})
"""
POSTGRESQL_DROP = f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}"

_TRIGGER = """
CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} WHEN NEW.status IN {blocking}
BEGIN
    SELECT RAISE(ABORT, 'booking_overlap') WHERE EXISTS (
        SELECT 1 FROM {table} AS other
        WHERE other.expert_id = NEW.expert_id AND other.id <> NEW.id AND other.status IN {blocking}
          AND other.busy_from < NEW.busy_until AND NEW.busy_from < other.busy_until);
END
"""
TRIGGERS = {
    f"{NAME}_{event.lower()}": _TRIGGER.format(
        name=f"{NAME}_{event.lower()}", event=event, table=TABLE, blocking=_BLOCKING
    )
    for event in ("INSERT", "UPDATE")
}


def _install_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in TRIGGERS.values():
            cursor.execute(statement)


def add_constraint(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        editor.execute(POSTGRESQL_ADD)


def drop_constraint(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_DROP)


def restore_triggers(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Receiver of ``post_migrate``."""
    connection = connections[using]
    if connection.vendor == "sqlite" and TABLE in connection.introspection.table_names():
        _install_triggers(connection)


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = to_regclass(%s)", [TABLE])
        return {str(row[0]) for row in cursor.fetchall()}


def check_guard(
    *, app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """bookings.E001: run with the database checks (``check --database default``, ``migrate``)."""
    return [message for alias in databases or [] for message in _check(connections[alias])]


def _check(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    wanted = set(TRIGGERS) if connection.vendor == "sqlite" else {NAME}
    try:
        if TABLE not in connection.introspection.table_names() or wanted <= _present(connection):
            return []
    except OperationalError:
        return []  # the database is not there yet, which other checks report
    hint = "Run manage.py migrate --skip-checks; it puts the guard back."
    return [Error("The guard against overlapping bookings is missing.", hint=hint, id="bookings.E001")]
