"""How the list of conversations is narrowed down."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from unfold.contrib.filters.admin import RadioFilter

from chat.models import LedgerEntry, Session

HOT, WARM = 70, 40
BANDS: dict[str, Q] = {
    "hot": Q(score__gte=HOT),
    "warm": Q(score__gte=WARM, score__lt=HOT),
    "cold": Q(score__lt=WARM),
    "none": Q(score=None),
}
KNOWN = ("proposed", "confirmed")


def band(score: int) -> str:
    return "hot" if score >= HOT else "warm" if score >= WARM else "cold"


def latest(slot: str, field: str) -> Subquery:
    """What the newest ledger line of a single slot says."""
    lines = LedgerEntry.objects.filter(session=OuterRef("pk"), slot=slot).order_by("-id")
    return Subquery(lines.values(field)[:1])


def contactable(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """Those who left an email address that stands."""
    return sessions.alias(email_status=latest("email", "status")).filter(email_status__in=KNOWN)


class BandFilter(RadioFilter):
    title = "lead score"
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("hot", f"Hot, {HOT} and more"), ("warm", f"Warm, {WARM} to {HOT - 1}"), ("cold", f"Cold, below {WARM}"),
            ("none", "Not scored yet"),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        band = self.value()
        return queryset.filter(BANDS[band]) if band in BANDS else queryset


class ContactFilter(RadioFilter):
    title = "contact"
    parameter_name = "contact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("email", "Left an email address"), ("consent", "Gave consent"), ("person", "Waits for a person")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> QuerySet[Session]:
        match self.value():
            case "email":
                return contactable(queryset)
            case "consent":
                return queryset.filter(consent_at__isnull=False)
            case "person":
                return queryset.filter(handed_over=True, status=Session.Status.OPEN)
        return queryset
