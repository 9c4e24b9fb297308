"""Leads as a table for other programs."""

import csv
from collections.abc import Iterable, Iterator
from typing import Protocol

from django.db.models import Prefetch, QuerySet

from chat.admin import brief
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


def rows(sessions: Iterable[Session]) -> Iterator[list[str]]:
    for session in sessions:
        known = brief.facts(session.ledger.all())
        about = [
            session.pk, f"{session.created_at:%Y-%m-%d %H:%M}", f"{session.last_activity_at:%Y-%m-%d %H:%M}",
            session.status, session.phase, session.language, session.score, brief.service(session),
            session.consent_at and f"{session.consent_at:%Y-%m-%d %H:%M}",
        ]  # fmt: skip
        yield [cell(value) for value in (*about, *(brief.text(known, slot) for slot in COLUMNS))]


def write(sessions: QuerySet[Session], file: Writable) -> None:
    """CSV with a byte-order mark, without which spreadsheets misread names."""
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows(rows(with_ledger(sessions).iterator(chunk_size=500)))
