"""Facts of conversations as the pages read them."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from chat.brief import SERVICES, text
from chat.consultant.ledger import Fact, fold
from chat.models import LedgerEntry, Session

CONTACT = ("name", "company", "email")


def facts(rows: Iterable[LedgerEntry]) -> dict[str, Fact]:
    return fold(row.entry() for row in rows)


def with_contact(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Ready for ``contact`` without a query each."""
    lines = LedgerEntry.objects.filter(slot__in=CONTACT).select_related("message").order_by("id")
    return sessions.prefetch_related(Prefetch("ledger", queryset=lines, to_attr="contact_lines"))


def contact(session: Session) -> dict[str, str]:
    """Who a visitor of ``with_contact`` is, as far as known; of other sessions nothing is known."""
    known = facts(getattr(session, "contact_lines", ()))
    return {slot: text(known, slot) for slot in CONTACT}


def service(session: Session) -> str:
    return SERVICES.get(session.recommended_service, session.recommended_service)
