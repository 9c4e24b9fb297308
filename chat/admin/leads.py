"""Leads as a table for other programs."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Protocol

from django.db.models import Prefetch, QuerySet

from chat.admin import brief, workbook
from chat.brief import text
from chat.models import LedgerEntry, Session

COLUMNS = (
    "name", "company", "email", "phone", "industry", "company_size", "challenges", "success_criteria", "budget",
    "timeline", "decision_maker",
)  # fmt: skip
HEADER = [
    "session", "created", "last activity", "status", "phase", "language", "score", "service", "consent", *COLUMNS,
]  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Writable(Protocol):
    def write(self, content: str, /) -> object: ...


def with_ledger(sessions: QuerySet[Session]) -> QuerySet[Session]:
    lines = LedgerEntry.objects.select_related("message").order_by("id")
    return sessions.prefetch_related(Prefetch("ledger", queryset=lines))


def cell(value: object) -> str:
    """Text that a spreadsheet shows and never computes."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def rows(sessions: Iterable[Session]) -> Iterator[list[str | int | None]]:
    """What is known, as it is: whoever writes it into a file makes it harmless there."""
    for session in sessions:
        known = brief.facts(session.ledger.all())
        about = [
            str(session.pk), _minute(session.created_at), _minute(session.last_activity_at), session.status,
            session.phase, session.language, session.score, brief.service(session), _minute(session.consent_at),
        ]  # fmt: skip
        yield [*about, *(text(known, slot) for slot in COLUMNS)]


def _minute(instant: datetime | None) -> str | None:
    return f"{instant:%Y-%m-%d %H:%M}" if instant else None


def _all(sessions: QuerySet[Session]) -> Iterator[list[str | int | None]]:
    return rows(with_ledger(sessions).iterator(chunk_size=500))


def write_csv(sessions: QuerySet[Session], file: Writable) -> None:
    """CSV with a byte-order mark, without which spreadsheets misread names."""
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows([cell(value) for value in row] for row in _all(sessions))


def write_xlsx(sessions: QuerySet[Session], file: IO[bytes]) -> None:
    workbook.write("Leads", HEADER, _all(sessions), file)
