"""How the list of conversations is narrowed down."""

from functools import partial

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chat.admin.parts import Choice
from chat.brief import SERVICES
from chat.models import LedgerEntry, Session

HOT, WARM = 70, 40
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


def _only(condition: Q, sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.filter(condition)


class BandFilter(Choice):
    title = "lead score"
    parameter_name = "band"
    options = {
        "hot": (f"Hot, {HOT} and more", partial(_only, Q(score__gte=HOT))),
        "warm": (f"Warm, {WARM} to {HOT - 1}", partial(_only, Q(score__gte=WARM, score__lt=HOT))),
        "cold": (f"Cold, below {WARM}", partial(_only, Q(score__lt=WARM))),
        "none": ("Not scored yet", partial(_only, Q(score=None))),
    }


class ContactFilter(Choice):
    title = "contact"
    parameter_name = "contact"
    options = {
        "email": ("Left an email address", contactable),
        "consent": ("Gave consent", partial(_only, Q(consent_at__isnull=False))),
        "person": ("Waits for a person", partial(_only, Q(handed_over=True, status=Session.Status.OPEN))),
    }


class ServiceFilter(Choice):
    title = "recommended service"
    parameter_name = "service"
    options = {key: (title, partial(_only, Q(recommended_service=key))) for key, title in SERVICES.items()}
